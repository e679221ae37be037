import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PlanFile } from '@cloche/core/executor';

/**
 * Lays files below a directory that exists and is empty. Paths are those of a plan, checked by core.
 * The modes are open: the directory above is private.
 */
export async function writeInputFiles(directory: string, files: readonly PlanFile[]): Promise<void> {
  const parents = new Set(
    files.map((file) => path.posix.dirname(file.path)).filter((parent) => parent !== '.'),
  );
  for (const parent of parents) await mkdir(path.join(directory, parent), { recursive: true });
  for (const file of files) {
    await writeFile(path.join(directory, file.path), file.content, {
      mode: file.executable ? 0o755 : 0o644,
      flag: 'wx',
    });
  }
}
