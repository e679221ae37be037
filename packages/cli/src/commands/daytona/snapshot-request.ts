import { parseSize } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { ParsedOptions } from '../../program/parsed-options.ts';
import { printable } from '../../output/printable.ts';
import { invalidRequest } from '../run/invalid-request.ts';
import type { CreateSnapshotRequest } from './daytona-snapshots.ts';
import { DEFAULT_SNAPSHOT_NAME } from './daytona-snapshots.ts';

const GIBIBYTE = 1024 ** 3;
const MAXIMUM = 1024;
/** What the option daytona.snapshot takes as well, and an image's name has no other characters. */
const NAME = /^[\w./:@+-]{1,300}$/u;

/** @throws ClocheError `ERR_REQUEST_INVALID` with the option at fault */
export function readSnapshotRequest(options: ParsedOptions): Omit<CreateSnapshotRequest, 'onLog' | 'signal'> {
  const base = options.text('base');
  if (base !== null) checkName(base, '--base');
  return {
    name: checkName(options.text('name') ?? DEFAULT_SNAPSHOT_NAME, '--name'),
    base,
    cpuCount: count(options.text('cpu'), '--cpu'),
    memoryGib: gibibytes(options.text('memory'), '--memory'),
    diskGib: gibibytes(options.text('disk'), '--disk'),
  };
}

/** @param what the option or argument that gave it */
export function checkName(name: string, what: string): string {
  if (NAME.test(name)) return name;
  throw invalidRequest(
    {
      en: `${what} ${printable(name)} is not a name: letters, digits and . _ - / : @ + alone.`,
      zh: `${what} ${printable(name)} 不是有效的名称：只能包含字母、数字和 . _ - / : @ +。`,
    },
    {
      en: `For example: ${DEFAULT_SNAPSHOT_NAME}`,
      zh: `例如：${DEFAULT_SNAPSHOT_NAME}`,
    },
  );
}

function count(text: string | null, option: string): number | null {
  if (text === null) return null;
  const value = /^\d+$/u.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= MAXIMUM) return value;
  throw invalidRequest(
    {
      en: `${option} ${printable(text)} is not a whole number from 1 to ${MAXIMUM}.`,
      zh: `${option} ${printable(text)} 不是 1 到 ${MAXIMUM} 之间的整数。`,
    },
    { en: `For example: ${option} 4`, zh: `例如：${option} 4` },
  );
}

/** A number alone is GiB here, as the service has it. */
function gibibytes(text: string | null, option: string): number | null {
  return text === null || /^\d+$/u.test(text) ? count(text, option) : count(inGibibytes(text), option);
}

/** The text itself where it is no whole number of them. */
function inGibibytes(text: string): string {
  try {
    const value = parseSize(text) / GIBIBYTE;
    return Number.isInteger(value) ? String(value) : text;
  } catch (error) {
    if (ClocheError.isInstance(error)) return text;
    throw error;
  }
}
