import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The directory for which Claude Code keeps what belongs to one project: that of the main repository, also from below
 * it and from its other worktrees; without a repository the one that was given. Links are followed.
 */
export async function mainProjectDirectory(workingDirectory: string): Promise<string> {
  const start = await realpath(workingDirectory);
  for (let directory = start; ; directory = path.dirname(directory)) {
    const main = await mainRepository(directory);
    if (main !== null) return main;
    if (path.dirname(directory) === directory) return start;
  }
}

/** Null where this directory is the root of none. */
async function mainRepository(directory: string): Promise<string | null> {
  const git = path.join(directory, '.git');
  const status = await stat(git).catch(() => null);
  if (status === null) return null;
  if (status.isDirectory()) return directory;
  // In a worktree and in a submodule it is a file that says where the rest is.
  const gitDirectory = /^gitdir: (?<where>.+)$/mu.exec(await readText(git))?.groups?.['where'];
  if (gitDirectory === undefined) return directory;
  const ownDirectory = path.resolve(directory, gitDirectory.trim());
  const common = (await readText(path.join(ownDirectory, 'commondir'))).trim();
  if (common === '') return directory;
  const shared = path.resolve(ownDirectory, common);
  return path.basename(shared) === '.git' ? realpath(path.dirname(shared)).catch(() => directory) : directory;
}

function readText(name: string): Promise<string> {
  return readFile(name, 'utf8').catch(() => '');
}
