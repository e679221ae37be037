import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Whom programs run as, and whose the files of a sandbox are. */
export const SANDBOX_USER_ID = 1000;
export const HOME_DIRECTORY = '/home/daytona';

/** The directories of the computer's disk that one sandbox writes to; they survive a stop. */
export interface MachineFiles {
  readonly root: string;
  readonly home: string;
  readonly temporary: string;
}

export async function createMachineFiles(root: string): Promise<MachineFiles> {
  const files = { root, home: path.join(root, 'home'), temporary: path.join(root, 'tmp') };
  await mkdir(files.home, { recursive: true });
  await mkdir(files.temporary);
  await Promise.all(
    [files.home, files.temporary].map((directory) => chown(directory, SANDBOX_USER_ID, SANDBOX_USER_ID)),
  );
  await chmod(files.temporary, 0o1777);
  return files;
}

/** The accounts that a machine knows, in place of the computer's own. */
export async function writeAccountFiles(directory: string): Promise<void> {
  const id = SANDBOX_USER_ID;
  const contents = {
    passwd: `root:x:0:0:root:/root:/bin/bash\ndaytona:x:${id}:${id}::${HOME_DIRECTORY}:/bin/bash\n`,
    group: `root:x:0:\ndaytona:x:${id}:\n`,
    hosts: '127.0.0.1 localhost\n::1 localhost\n',
    shells: '/bin/sh\n/bin/bash\n/usr/bin/bash\n',
  };
  await mkdir(directory);
  await Promise.all(
    Object.entries(contents).map(([name, text]) => writeFile(path.join(directory, name), text)),
  );
}
