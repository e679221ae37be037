import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runCommand } from '../../support/run-command.ts';
import { BUSYBOX_IMAGE } from '../../support/test-engine.ts';

export const COMPILER_IMAGE = 'cloche-test:slow-compiler';

/** Says that it compiles, and never comes to an end. */
const COMPILER = '#!/bin/sh\\ncase "$*" in -dump*) echo 15.1.0; exit;; esac\\necho compiling\\nsleep 600\\n';

/** Makes the small image with a compiler for C in it that takes its time, on an engine that has the small image. */
export async function makeCompilerImage(address: string): Promise<void> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-compiler-'));
  const install = `printf '${COMPILER}' >/usr/bin/gcc && chmod 755 /usr/bin/gcc`;
  try {
    await writeFile(path.join(directory, 'Dockerfile'), `FROM ${BUSYBOX_IMAGE}\nRUN ${install}\n`);
    const words = ['build', '--network', 'none', '--quiet', '--tag', COMPILER_IMAGE, directory];
    await runCommand('docker', ['--host', address, ...words]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
