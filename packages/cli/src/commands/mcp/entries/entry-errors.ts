import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';

/** What was asked for makes no sense. */
export function invalidRequest(message: LocalizedText, hint: LocalizedText): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message, hint });
}

/** The client's file is not as it should be; it was left alone. */
export function invalidFile(
  place: string,
  problem: LocalizedText,
  hint: LocalizedText,
  cause?: unknown,
): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: { en: `${place}: ${problem.en}`, zh: `${place}：${problem.zh}` },
    hint,
    cause,
  });
}

/** The last line of defence: what would have been written is not what was meant. */
export function editFailed(path: string): ClocheError {
  return invalidFile(
    path,
    {
      en: 'The entry cannot be changed here without touching something else, so nothing was changed.',
      zh: '无法在不影响其他内容的情况下修改此条目，因此未做任何修改。',
    },
    {
      en: 'Change it by hand; docs/mcp.md has the text for each client.',
      zh: '请手动修改；各客户端的配置见 docs/mcp.md。',
    },
  );
}
