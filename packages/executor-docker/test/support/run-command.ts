import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const COMMAND_TIMEOUT_MS = 30_000;

/** What a command wrote to its standard output, without the last line's end. Throws where it fails. */
export async function runCommand(file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(file, args, { timeout: COMMAND_TIMEOUT_MS });
  return stdout.trimEnd();
}

/** The same, or null where it fails or is not there. */
export function tryCommand(file: string, args: readonly string[]): Promise<string | null> {
  return runCommand(file, args).catch(() => null);
}
