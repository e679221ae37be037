import { ClocheError } from '@cloche/core/executor';
import { nearestName } from '@cloche/core';
import { print } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { bashCompletion } from './bash-completion.ts';
import { fishCompletion } from './fish-completion.ts';
import { zshCompletion } from './zsh-completion.ts';

const SHELLS: Readonly<Record<string, () => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `cloche completions SHELL`: a script to be sourced. */
export const completionsCommand: CommandFunction = ([shell = '']) => {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (script === undefined) return Promise.reject(unknownShell(shell));
  print(script());
  return Promise.resolve(0);
};

function unknownShell(shell: string): ClocheError {
  const known = Object.keys(SHELLS);
  const nearest = nearestName(shell, known);
  const list = known.join(', ');
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `There are no completions for ${printable(shell)}; there are for ${list}.`,
      zh: `没有 ${printable(shell)} 的补全；支持 ${list}。`,
    },
    hint: {
      en: `Try: cloche completions ${nearest ?? 'bash'}`,
      zh: `请试：cloche completions ${nearest ?? 'bash'}`,
    },
  });
}
