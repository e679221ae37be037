import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Lends a directory that is gone afterwards. */
export async function withTemporaryDirectory<Value>(
  use: (directory: string) => Promise<Value>,
): Promise<Value> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-bench-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
