import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

/** Where toolchains usually live, for a process that was started with a poor PATH (a desktop program, a service). */
const USUAL_DIRECTORIES = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/go/bin', '/opt/homebrew/bin'];

/**
 * The directories in which programs are looked for. Relative entries, and the `node_modules/.bin` that
 * npm puts in front, are left out: they belong to the repository that one stands in, which is not trusted.
 */
function searchDirectories(environment: Readonly<Record<string, string | undefined>>): string[] {
  const listed = (environment['PATH'] ?? environment['Path'] ?? '').split(path.delimiter);
  const trusted = listed.filter(
    (directory) => path.isAbsolute(directory) && !/[\\/]node_modules[\\/]\.bin[\\/]?$/u.test(directory),
  );
  return [...new Set([...trusted, ...(process.platform === 'win32' ? [] : USUAL_DIRECTORIES)])];
}

/** Every executable file of this name on the search path, first one first. */
export async function findOnPath(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const candidates = searchDirectories(environment).flatMap((directory) =>
    names.map((fileName) => path.join(directory, fileName)),
  );
  const found = await Promise.all(
    candidates.map(async (candidate) => ((await isProgram(candidate)) ? candidate : null)),
  );
  return found.filter((candidate) => candidate !== null);
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
