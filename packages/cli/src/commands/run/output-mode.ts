import type { ParsedOptions } from '../../program/parsed-options.ts';
import { invalidRequest } from './invalid-request.ts';

export type OutputMode = 'live' | 'json' | 'events';

/** @throws ClocheError `ERR_REQUEST_INVALID` for two of them at once */
export function outputMode(options: ParsedOptions): OutputMode {
  if (options.isSet('json') && options.isSet('events')) {
    throw invalidRequest(
      { en: '--json and --events cannot be given together.', zh: '--json 和 --events 不能同时使用。' },
      {
        en: '--json prints one object at the end, --events a line for everything that happens; leave one out.',
        zh: '--json 在结束时输出一个对象，--events 在过程中逐行输出；请去掉其中一个。',
      },
    );
  }
  if (options.isSet('json')) return 'json';
  return options.isSet('events') ? 'events' : 'live';
}
