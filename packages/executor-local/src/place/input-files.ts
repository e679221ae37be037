import { mkdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PlanFile } from '@cloche/core/executor';

/** Up to here a file is written at once: the thread pool's round trip takes longer. */
const SMALL_FILE_BYTES = 64 * 1024;

/**
 * Lays files below a directory that exists and is empty. Paths are those of a plan, checked by core.
 * The modes are open: the directory above is private.
 */
export async function writeInputFiles(directory: string, files: readonly PlanFile[]): Promise<void> {
  const parents = new Set(
    files.map((file) => path.posix.dirname(file.path)).filter((parent) => parent !== '.'),
  );
  for (const parent of parents) mkdirSync(path.join(directory, parent), { recursive: true });
  for (const file of files) {
    const options = { mode: file.executable ? 0o755 : 0o644, flag: 'wx' };
    const target = path.join(directory, file.path);
    if (file.content.length <= SMALL_FILE_BYTES) writeFileSync(target, file.content, options);
    else await writeFile(target, file.content, options);
  }
}
