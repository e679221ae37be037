import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExecutorHost, createLogger, SpoolDirectory } from '@cloche/core';
import { expect, test } from 'vitest';
import { ArtifactStore } from '../../src/runs/artifact-store.ts';

test('a file that the disk does not take is not called too large, and the log says why', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'cloche-mcp-'));
  const home = path.join(directory, 'no-directory');
  await writeFile(home, '');
  let log = '';
  const stream = {
    write: (text: string) => {
      log += text;
    },
  };
  const host = createExecutorHost({ environment: { CLOCHE_HOME: home }, logger: createLogger({ stream }) });
  const store = new ArtifactStore(new SpoolDirectory(host, 'mcp-server'), (bytes) => bytes, host.logger);
  const small = { path: 'small.txt', content: Buffer.from('x'), executable: false };
  const large = { path: 'large.bin', content: Buffer.alloc(64 * 1024), executable: false };
  await store.store([small, large], []);
  expect(store.all.map((stored) => stored.path)).toEqual(['small.txt']);
  expect(store.omitted).toEqual([{ path: 'large.bin', reason: 'not_kept' }]);
  expect(log).toMatch(/could not be kept.*code="E/u);
  await rm(directory, { recursive: true });
});
