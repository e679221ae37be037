import type { ClocheError } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import { invalidRequest } from '../run/invalid-request.ts';

/** @param name as it was typed */
export function alreadyThere(name: string): ClocheError {
  const shown = printable(name);
  return invalidRequest(
    { en: `--output ${shown} is there already.`, zh: `--output ${shown} 已存在。` },
    { en: 'Name another file, or replace it with --force.', zh: '请指定其他文件，或用 --force 覆盖。' },
  );
}
