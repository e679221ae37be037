import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** A toolchain that lies outside of the system's directories, and so has to be put into each machine. */
export interface Toolchain {
  readonly program: string;
  /** On this computer. */
  readonly root: string;
  /** Inside of a machine. */
  readonly mountPoint: string;
}

/** Where a machine shows the directories of the host's system. */
const SYSTEM_BINARIES = ['/usr/bin', '/usr/local/bin'] as const;
/** Where Go's own archive unpacks: it is in no system's PATH, and is shown elsewhere. */
export const GO_ARCHIVE_ROOT = '/usr/local/go';

const run = promisify(execFile);
let found: Promise<readonly Toolchain[]> | undefined;

/** Looks once a process; what is not installed is left out. */
export function findToolchains(): Promise<readonly Toolchain[]> {
  found ??= look();
  return found;
}

async function look(): Promise<readonly Toolchain[]> {
  const [go, rust] = await Promise.all([
    rootOf('go', ['env', 'GOROOT']),
    rootOf('rustc', ['--print', 'sysroot']),
  ]);
  const node = path.dirname(path.dirname(process.execPath));
  return [toolchain('go', go), toolchain('rustc', rust), toolchain('node', node)].flatMap(
    (candidate) => candidate ?? [],
  );
}

async function rootOf(program: string, argumentList: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await run(program, argumentList);
    return stdout.trim();
  } catch {
    return null;
  }
}

function toolchain(program: string, root: string | null): Toolchain | null {
  if (root === null || !existsSync(path.join(root, 'bin', program))) return null;
  if (SYSTEM_BINARIES.some((directory) => existsSync(path.join(directory, program)))) return null;
  return { program, root, mountPoint: `/opt/toolchains/${program}` };
}
