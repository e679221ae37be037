import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { ToolchainProgram } from '@cloche/core/executor';
import { environment } from '../../src/environment.ts';

export interface HostProgram {
  readonly file: string;
  readonly version: string | null;
}

/**
 * The program of this machine that is most like the image's: of the same version where there is one, and itself,
 * never a version manager's script before it.
 */
export function findHostProgram(program: ToolchainProgram, wantedVersion: string | null): HostProgram | null {
  const directories = [path.dirname(process.execPath), ...(environment['PATH'] ?? '').split(path.delimiter)];
  const files = directories
    .map((directory) => resolveBinary(path.join(directory, program.name)))
    .filter((file) => file !== null);
  const candidates = [...new Set(files)].map((file) => ({ file, version: versionOf(file, program) }));
  return candidates.find(({ version }) => version === wantedVersion) ?? candidates[0] ?? null;
}

/** Null where there is nothing, or a script. */
function resolveBinary(file: string): string | null {
  try {
    const real = realpathSync(file);
    const beginning = Buffer.alloc(2);
    const descriptor = openSync(real, 'r');
    readSync(descriptor, beginning);
    closeSync(descriptor);
    if (beginning.toString('latin1') === '#!') return null;
    // A program of many names looks at the one that it is called by.
    return path.basename(real) === 'rustup' ? file : real;
  } catch {
    return null;
  }
}

function versionOf(file: string, { versionArguments, versionPattern }: ToolchainProgram): string | null {
  const { stdout, stderr } = spawnSync(file, versionArguments, { encoding: 'utf8' });
  return versionPattern.exec(`${stdout}${stderr}`)?.[1] ?? null;
}
