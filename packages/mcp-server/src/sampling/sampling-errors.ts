import { ClocheError } from '@cloche/core/executor';
import { clipText } from '../results/clip-text.ts';

const REASON_CHARACTERS = 200;

/** @param reason the client's own words */
export function clientRefused(reason: string): ClocheError {
  const shown = clipText(reason, REASON_CHARACTERS);
  return new ClocheError({
    code: 'ERR_GENERATOR_FAILED',
    message: {
      en: `The client did not let its model write the program: ${shown}`,
      zh: `客户端未让其模型编写程序：${shown}`,
    },
    hint: {
      en: 'Do not ask for it again without the user’s consent. A provider of its own for this server needs no consent of the client.',
      zh: '未经用户同意请勿再次请求。为此服务器配置自己的提供方则无需客户端同意。',
    },
  });
}
