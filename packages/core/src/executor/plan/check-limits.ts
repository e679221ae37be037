import { ClocheError } from '../errors/cloche-error.ts';
import type { ExecutionLimits, LimitName } from '../limits/execution-limits.ts';
import { LIMIT_BOUNDS } from '../limits/execution-limits.ts';

/** @throws ClocheError `ERR_REQUEST_INVALID` for an unknown limit, and for a value that is no number or outside its bounds */
export function checkLimits(limits: Partial<ExecutionLimits>): void {
  for (const [name, value] of Object.entries(limits) as [LimitName, number][]) {
    if (!Object.hasOwn(LIMIT_BOUNDS, name)) throw unknownLimit(name);
    const { minimum, maximum } = LIMIT_BOUNDS[name];
    const mayBeFraction = name === 'cpuCount';
    if ((mayBeFraction || Number.isInteger(value)) && value >= minimum && value <= maximum) continue;
    throw new ClocheError({
      code: 'ERR_REQUEST_INVALID',
      message: {
        en: `The limit ${name} is ${value}; it must be a ${mayBeFraction ? '' : 'whole '}number between ${minimum} and ${maximum}.`,
        zh: `限制 ${name} 的值为 ${value}；必须是 ${minimum} 和 ${maximum} 之间的${mayBeFraction ? '数' : '整数'}。`,
      },
    });
  }
}

function unknownLimit(name: string): ClocheError {
  const known = Object.keys(LIMIT_BOUNDS).join(', ');
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `There is no limit ${JSON.stringify(name)}.`,
      zh: `没有名为 ${JSON.stringify(name)} 的限制。`,
    },
    hint: { en: `The limits are: ${known}.`, zh: `可用的限制：${known}。` },
  });
}
