import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startServer } from './support/start-server.ts';

const KEY = 'cloche/state/playground/token-key';

describe('the key that tokens are signed with', () => {
  test('is kept from one start to the next, and nothing is said of it', async () => {
    const log: string[] = [];
    const { serving, directory } = await startServer({ log });
    const key = await readFile(join(directory, KEY));
    await serving.close();
    await startServer({ directory, log });
    expect(await readFile(join(directory, KEY))).toEqual(key);
    expect(log.join('')).not.toContain('key');
  });

  test.for<[string, (file: string) => Promise<void>]>([
    ['wrong size', (file) => writeFile(file, 'short', { mode: 0o600 })],
    ['open to others', (file) => chmod(file, 0o644)],
  ])('is made anew where it cannot be used, and the log says why: %s', async ([reason, spoil], { skip }) => {
    skip(process.platform === 'win32', 'Windows has no such modes');
    const log: string[] = [];
    const { serving, directory } = await startServer({ log });
    await serving.close();
    await spoil(join(directory, KEY));
    await startServer({ directory, log });
    expect((await readFile(join(directory, KEY))).length).toBe(32);
    expect(log.join('')).toContain(`"reason":"${reason}"`);
  });

  test('that cannot be kept ends the start, with the file and what to do', async () => {
    const { serving, directory } = await startServer();
    await serving.close();
    const file = join(directory, KEY);
    await rm(file);
    await mkdir(join(file, 'in-the-way'), { recursive: true, mode: 0o700 });
    await expect(startServer({ directory })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(file) as string,
    });
  });
});
