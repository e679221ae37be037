import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import type { EntryPlace } from './entry-editor.ts';

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

/**
 * The last line of defence: what would have been written is not what was meant.
 *
 * @param content what the entry is to be, in the words of the file; null: it is to go
 */
export function editFailed({ path, serversPath, name }: EntryPlace, content: string | null): ClocheError {
  const where = [...serversPath, name].join('.');
  return invalidFile(
    path,
    {
      en: 'The entry cannot be changed here without touching something else, so nothing was changed.',
      zh: '无法在不影响其他内容的情况下修改此条目，因此未做任何修改。',
    },
    content === null
      ? {
          en: `Take out by hand what is under ${where}.`,
          zh: `请手动删除 ${where} 下的内容。`,
        }
      : {
          en: `Write it by hand, in place of what is under ${where}: ${content}`,
          zh: `请手动写入以下内容，替换 ${where} 下的原有内容：${content}`,
        },
  );
}
