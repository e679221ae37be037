import { existsSync } from 'node:fs';
import { createRunDirectory, removeOwnerDirectory, removeTree } from '../src/execution/run-directory.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';

let testHost: Awaited<ReturnType<typeof createTestHost>>;

beforeAll(async () => {
  testHost = await createTestHost();
});

afterAll(async () => {
  await testHost.remove();
});

test("a run gets its directory while another executor gives the owner's back", async () => {
  const { host } = testHost;
  for (let round = 0; round < 50; round += 1) {
    const [directory] = await Promise.all([
      createRunDirectory(host, `run${round}`),
      ...Array.from({ length: 4 }, () => removeOwnerDirectory(host)),
    ]);
    expect(existsSync(directory)).toBe(true);
    await removeTree(directory);
  }
});
