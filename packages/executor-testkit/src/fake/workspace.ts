import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PlanFile } from '@cloche/core/executor';

const run = promisify(execFile);

/** The directories of one execution. */
export interface Workspace {
  /** What the program does not see as its own: pipes and the file behind stdin. */
  readonly control: string;
  readonly work: string;
  readonly home: string;
  readonly temporary: string;
  readonly remove: () => Promise<void>;
}

export async function createWorkspace(files: readonly PlanFile[]): Promise<Workspace> {
  const base = await mkdtemp(join(tmpdir(), 'cloche-fake-'));
  const workspace = {
    control: join(base, 'control'),
    work: join(base, 'work'),
    home: join(base, 'home'),
    temporary: join(base, 'tmp'),
    // `rm` goes down by descriptors, so it also removes what lies deeper than a path can be long.
    remove: async () => {
      await run('rm', ['-rf', '--', base], { env: {} });
    },
  };
  try {
    for (const name of ['control', 'work', 'build', 'home', 'tmp']) await mkdir(join(base, name));
    await writeFiles(workspace.work, files);
  } catch (error) {
    await workspace.remove();
    throw error;
  }
  return workspace;
}

export async function writeFiles(directory: string, files: readonly PlanFile[]): Promise<void> {
  for (const file of files) {
    const path = join(directory, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.content, { mode: file.executable ? 0o755 : 0o644 });
  }
}
