import path from 'node:path';

const PATIENCE_MS = 15_000;

/**
 * What a program of this machine prints, stdout and stderr together, when it is asked something
 * (its version, its home). Null when it fails or takes too long.
 */
export async function askProgram(
  file: string,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  // On first use only: a plain run finds everything in the cache.
  const { execa } = await import('execa');
  const result = await execa(file, words, {
    // Not the working directory: version managers obey files that a repository may bring along. Nor the home
    // directory, which a service's user may not have.
    cwd: path.parse(process.execPath).root,
    env: Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined)),
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 1024 * 1024,
  });
  return result.failed ? null : result.all;
}
