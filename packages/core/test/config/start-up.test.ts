import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';

const PROGRAM = fileURLToPath(new URL('fixtures/load-config-and-list-modules.ts', import.meta.url));

async function packagesLoaded(home: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@cloche/source',
    PROGRAM,
    home,
  ]);
  return JSON.parse(stdout);
}

test('without a configuration file no parser, schema or transformer is loaded', async () => {
  expect(await packagesLoaded(await temporaryDirectory())).toEqual({ packages: [], timeout: 5000 });
});

test('with one, the parser and the schema are', async () => {
  const home = await temporaryDirectory();
  await writeFile(join(home, 'cloche.toml'), 'limits.processes = 3\n');
  expect(await packagesLoaded(home)).toEqual({ packages: ['zod', 'smol-toml'], timeout: 5000 });
});
