import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ClocheError } from '@cloche/core/executor';
import { BACKUP_SUFFIX } from './backup-name.ts';
import type { ClientFile } from './read-client-file.ts';
import { readClientFile } from './read-client-file.ts';

/** Of earlier changes; what matters is among the last ones. */
const MOST_BACKUPS = 20;

/** What is kept beside a client's file, the newest first. One that cannot be used is left out. */
export async function readBackups({ realPath }: ClientFile): Promise<readonly ClientFile[]> {
  const prefix = path.basename(realPath) + BACKUP_SUFFIX;
  const names = await readdir(path.dirname(realPath)).catch(() => []);
  const numbered = names
    .map((name) => ({ name, number: numberOf(name, prefix) }))
    .filter(({ number }) => number !== null)
    .toSorted((left, right) => (right.number ?? 0) - (left.number ?? 0));
  const files: ClientFile[] = [];
  for (const { name } of numbered.slice(0, MOST_BACKUPS)) {
    try {
      files.push(await readClientFile(path.join(path.dirname(realPath), name)));
    } catch (error) {
      if (!ClocheError.isInstance(error)) throw error;
    }
  }
  return files;
}

/** The first one has none in its name. */
function numberOf(name: string, prefix: string): number | null {
  if (name === prefix) return 1;
  const digits = name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1) : '';
  return /^[1-9]\d{0,4}$/u.test(digits) ? Number(digits) : null;
}
