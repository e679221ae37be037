import type { ExecutionLimits, ExecutionResult, LocalizedText } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import type { MessageWriter } from '../../output/message-writer.ts';
import { endingMessage } from './ending-message.ts';

const SHOWN_NAMES = 5;

/** Says which executor ran the program, where that is not the one that `auto` prefers. */
export function reportExecutor({ executor, warnings }: ExecutionResult, messages: MessageWriter): void {
  const [first] = executor.passedOver;
  if (first !== undefined) {
    const { name, isolation } = executor;
    const reasons = (locale: 'en' | 'zh'): string =>
      executor.passedOver.map((passed) => `${passed.name}: ${passed.reason[locale]}`).join(' ');
    messages.warning(
      {
        en: `auto ran this on ${name} (isolation: ${isolation}) instead of ${first.name}. ${reasons('en')}`,
        zh: `auto 改用 ${name} 运行（隔离级别：${isolation}），而不是 ${first.name}。${reasons('zh')}`,
      },
      {
        en: `See what is missing: cloche doctor. To choose ${name} and hear no more of this: --executor ${name}, or CLOCHE_EXECUTOR=${name}`,
        zh: `查看缺少什么：cloche doctor。如要直接使用 ${name} 且不再提示：--executor ${name} 或 CLOCHE_EXECUTOR=${name}`,
      },
    );
  }
  for (const warning of warnings) messages.warning(warning);
}

/** A last line on stderr for an ending that the program did not choose itself. */
export function reportEnding(
  result: ExecutionResult,
  limits: ExecutionLimits,
  messages: MessageWriter,
): void {
  const message = endingMessage(result, limits);
  if (message !== null) messages.note(message, result.hint);
  else if (result.status !== 'ok' && result.hint !== null) messages.hint(result.hint);
}

/** Names the files that the program wrote and that nobody asked for. */
export function reportArtifacts(
  result: ExecutionResult,
  outputDirectory: string | null,
  messages: MessageWriter,
): void {
  const { artifacts, omittedArtifacts } = result;
  if (artifacts.length > 0 && outputDirectory === null) {
    const names = listNames(artifacts.map(({ path }) => path));
    messages.note({
      en: `The program wrote ${names.en} (keep with --out DIR)`,
      zh: `程序写入了 ${names.zh}（用 --out DIR 保留）`,
    });
  }
  if (omittedArtifacts.length > 0 && outputDirectory !== null) {
    const names = listNames(omittedArtifacts.map(({ path, reason }) => `${path} (${reason})`));
    messages.warning({ en: `Not kept: ${names.en}`, zh: `未保留：${names.zh}` });
  }
}

export function listNames(names: readonly string[]): LocalizedText {
  const shown = names.slice(0, SHOWN_NAMES).map(printable);
  const rest = names.length - shown.length;
  return {
    en: shown.join(', ') + (rest > 0 ? ` and ${rest} more` : ''),
    zh: shown.join('、') + (rest > 0 ? ` 等 ${names.length} 个文件` : ''),
  };
}
