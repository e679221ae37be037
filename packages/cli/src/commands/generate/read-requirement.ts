import { invalidRequest } from '../run/invalid-request.ts';
import { readAtMost } from '../run/read-input-file.ts';
import type { ReadHints } from '../run/read-input-file.ts';
import type { CommandContext } from '../../program/command-context.ts';

const LIMIT_BYTES = 256 * 1024;
const SHORTEN = {
  en: 'Say what is wanted in fewer words, and give data with --context.',
  zh: '请用更少的文字说明需求，数据请用 --context 提供。',
};
const HINTS: ReadHints = { directory: SHORTEN, tooLarge: SHORTEN };

/**
 * What the program is to do: the argument, or what is piped in or typed.
 *
 * @param word null where it was not given
 * @throws ClocheError `ERR_REQUEST_INVALID` where nothing is wanted
 */
export async function readRequirement(
  word: string | null,
  context: CommandContext,
  signal: AbortSignal,
): Promise<string> {
  const isFromStdin = word === null || word === '-';
  const text = isFromStdin ? await readStdin(context, signal) : word;
  if (Buffer.byteLength(text) > LIMIT_BYTES) {
    throw invalidRequest(
      { en: 'The requirement is longer than 256 KiB.', zh: '需求超过 256 KiB。' },
      SHORTEN,
    );
  }
  if (text.trim() !== '') return text;
  throw invalidRequest(
    {
      en: 'The requirement is empty: there is nothing to write.',
      zh: '需求为空，没有可编写的内容。',
    },
    {
      en: "Say what the program is to do: cloche generate 'print the first 20 Fibonacci numbers'",
      zh: '请说明程序要做什么：cloche generate "打印前 20 个斐波那契数"',
    },
  );
}

async function readStdin(context: CommandContext, signal: AbortSignal): Promise<string> {
  if (process.stdin.isTTY) {
    context.messages.note({
      en: 'Say what the program is to do; Ctrl-D on a line of its own ends it.',
      zh: '请说明程序要做什么；在单独一行按 Ctrl-D 结束。',
    });
  }
  const stop = (): void => {
    process.stdin.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const bytes = await readAtMost(process.stdin, 'stdin', LIMIT_BYTES, HINTS);
    signal.throwIfAborted();
    return new TextDecoder().decode(bytes);
  } catch (error) {
    // A stream that is destroyed under its reader fails: that is how a reader who waits is ended.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
