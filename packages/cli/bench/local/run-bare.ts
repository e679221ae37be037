import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The quickest that Node.js can do: one process, its output thrown away as it comes. */
export async function runBare(
  file: string,
  argv: readonly string[],
  workingDirectory?: string,
): Promise<void> {
  const child = spawn(file, argv, { cwd: workingDirectory, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', () => undefined);
  child.stderr.on('data', () => undefined);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  if (exitCode !== 0) throw new Error(`${[file, ...argv].join(' ')} ended with ${exitCode}.`);
}
