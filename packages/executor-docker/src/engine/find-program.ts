import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutorHost } from '@cloche/core/executor';

/** Where programs lie on a Mac, for a process that was started from the desktop with a poor PATH. */
const DARWIN_DIRECTORIES = [
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/Applications/Docker.app/Contents/Resources/bin',
];

/**
 * The first program of this name on the host's PATH; null where there is none. Relative directories and the
 * `node_modules/.bin` that npm puts in front are passed over: they belong to a repository that is not trusted.
 */
export async function findProgram(name: string, host: ExecutorHost): Promise<string | null> {
  const isWindows = host.platform === 'win32';
  const listed = host.environment['PATH'] ?? host.environment['Path'] ?? '';
  const directories = [
    ...listed.split(isWindows ? ';' : ':'),
    ...(process.platform === 'darwin' ? DARWIN_DIRECTORIES : []),
  ].filter(
    (directory) => path.isAbsolute(directory) && !/[\\/]node_modules[\\/]\.bin[\\/]?$/u.test(directory),
  );
  const candidates = directories.map((directory) => path.join(directory, isWindows ? `${name}.exe` : name));
  const checked = await Promise.all(candidates.map(async (file) => ((await isProgram(file)) ? file : null)));
  return checked.find((file) => file !== null) ?? null;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
