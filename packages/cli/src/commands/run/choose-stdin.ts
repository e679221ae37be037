import { fstatSync, readFileSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';
import { invalidRequest } from './invalid-request.ts';

/** Where the program's standard input comes from: nowhere, our own, or a file's path. */
export type StdinSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'own' }
  | { readonly kind: 'file'; readonly path: string };

/**
 * @param option the value of `--stdin`; null where it was not given
 * @throws ClocheError `ERR_REQUEST_INVALID` when standard input would have to be two things
 */
export function chooseStdin(option: string | null, isProgramFromStdin: boolean): StdinSource {
  if (option === '-' && isProgramFromStdin) {
    throw invalidRequest(
      {
        en: 'The program itself comes from standard input (-), so --stdin - has nothing left to read.',
        zh: '程序本身来自标准输入（-），因此 --stdin - 无内容可读。',
      },
      {
        en: 'Put one of the two into a file: --stdin input.txt',
        zh: '请将其中之一放入文件：--stdin input.txt',
      },
    );
  }
  if (option !== null && option !== '-') return { kind: 'file', path: option };
  if (option === '-') return { kind: 'own' };
  return isProgramFromStdin || !isWorthReading() ? { kind: 'none' } : { kind: 'own' };
}

function isWorthReading(): boolean {
  if (isatty(0)) return isInForeground();
  try {
    const status = fstatSync(0);
    return !(status.isCharacterDevice() && status.rdev === statSync(devNull).rdev);
  } catch {
    // A closed descriptor has nothing to read.
    return false;
  }
}

/** A job in the background that reads its terminal is stopped by the kernel, so it is not read there. */
function isInForeground(): boolean {
  if (process.platform !== 'linux') return true;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  // state, ppid, pgrp, session, tty_nr, tpgid
  return fields[2] === fields[5];
}
