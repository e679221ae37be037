import { ClocheError } from '@cloche/core/executor';
import type { CommanderError } from 'commander';
import { printable } from '../output/printable.ts';

/** What commander says between quotes, and behind `Did you mean`. */
const QUOTED = /'(?<word>[^']*)'/u;
const SUGGESTED = /Did you mean (?:one of )?(?<word>[^?,\s]+)/u;

/** `--daytona-apikey=dtn_…`: what stands behind it belongs on no screen and in no log. */
const SECRET_VALUE = /^(?<option>-[^=]*(?:key|token|secret|password)[^=]*)=/iu;

/** @param commandName `run`; empty for the command line as a whole */
export function usageError(error: CommanderError, commandName: string): ClocheError {
  const word = printable(QUOTED.exec(error.message)?.groups?.['word'] ?? '');
  const suggested = SUGGESTED.exec(error.message)?.groups?.['word'] ?? null;
  const help = `cloche ${commandName === '' ? '' : `${commandName} `}--help`;
  const hint =
    suggested === null
      ? { en: `See what there is: ${help}`, zh: `查看可用内容：${help}` }
      : { en: `Did you mean ${suggested}? See: ${help}`, zh: `是否要用 ${suggested}？参见：${help}` };
  switch (error.code) {
    case 'commander.unknownOption': {
      const option = SECRET_VALUE.exec(word)?.groups?.['option'] ?? null;
      if (option !== null)
        return usage({ en: `There is no option ${option}.`, zh: `没有选项 ${option}。` }, hint, null);
      const programHint =
        commandName === 'run' && suggested === null
          ? {
              en: `To give it to the program, put -- before it: cloche run FILE -- ${word}`,
              zh: `如要传给程序，请在前面加 --：cloche run FILE -- ${word}`,
            }
          : hint;
      return usage({ en: `There is no option ${word}.`, zh: `没有选项 ${word}。` }, programHint, error);
    }
    case 'commander.unknownCommand':
      return usage({ en: `There is no command ${word}.`, zh: `没有命令 ${word}。` }, hint, error);
    case 'commander.missingArgument':
      return usage({ en: `The argument ${word} is missing.`, zh: `缺少参数 ${word}。` }, hint, error);
    case 'commander.optionMissingArgument':
      return usage({ en: `The option ${word} needs a value.`, zh: `选项 ${word} 需要一个值。` }, hint, error);
    case 'commander.excessArguments':
      return usage(
        { en: 'There are more arguments than this command takes.', zh: '参数过多。' },
        hint,
        error,
      );
    default:
      return usage(
        { en: error.message.replace(/^error: /u, ''), zh: error.message.replace(/^error: /u, '') },
        hint,
        error,
      );
  }
}

function usage(
  message: ClocheError['text']['message'],
  hint: ClocheError['text']['hint'],
  cause: unknown,
): ClocheError {
  return new ClocheError({ code: 'ERR_REQUEST_INVALID', message, hint, cause });
}
