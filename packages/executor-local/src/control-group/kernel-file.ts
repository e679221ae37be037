import { readFileSync, writeFileSync } from 'node:fs';

/** The content without its last newline; null where there is no such file or it is gone. */
export function readKernelFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch {
    return null;
  }
}

/** False where the kernel refused. */
export function writeKernelFile(file: string, content: string): boolean {
  try {
    writeFileSync(file, content);
    return true;
  } catch {
    return false;
  }
}

/** The number behind `key` in a file of `key value` lines; 0 where it is not there. */
export function readCounter(file: string, key: string): number {
  const content = readKernelFile(file) ?? '';
  const line = content.split('\n').find((candidate) => candidate.startsWith(`${key} `));
  return line === undefined ? 0 : Number(line.slice(key.length + 1));
}

/** A whole number; null for `max`, for an unlimited value, or where there is no such file. */
export function readLimit(file: string): number | null {
  const content = readKernelFile(file);
  if (content === null || !/^\d+$/u.test(content)) return null;
  const value = Number(content);
  return value < Number.MAX_SAFE_INTEGER ? value : null;
}

export function readProcesses(file: string): number[] {
  const content = readKernelFile(file);
  return content === null || content === '' ? [] : content.split('\n').map(Number);
}
