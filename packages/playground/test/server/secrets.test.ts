import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClocheError } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import type { PlaygroundGeneration } from '../../src/index.ts';
import { ROUTES } from '../../src/index.ts';
import { PlaygroundConfig } from '../../src/server/settings/playground-config.ts';
import { PageClient } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

/** A generator whose failure repeats every word of its configuration. */
const TALKATIVE: PlaygroundGeneration = {
  describe: () => Promise.resolve(null),
  open: () => Promise.reject(new Error('unused')),
  listModels: (config) => {
    const words = JSON.stringify([config.executorOptions, config.generator.apiKey]);
    return Promise.reject(
      new ClocheError({ code: 'ERR_GENERATOR_FAILED', message: { en: words, zh: words } }),
    );
  },
};

describe('what an error says', () => {
  test('has no secret of any executor’s table in it, however deep', async () => {
    const directory = await temporaryDirectory();
    const file = join(directory, 'cloche/config/config.toml');
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const lines = [
      '[generator]',
      'apiKey = "sk-generator-0123"',
      '[mycloud]',
      'region = "eu-central-7"',
      'accessToken = "token-of-mycloud"',
      'short = "visible"',
      'password = "seven77"',
      '[mycloud.login]',
      'passwords = ["first-password", "first-password-and-more"]',
    ];
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    const { serving } = await startServer({ directory, generation: TALKATIVE });
    const client = await PageClient.of(serving);
    const text = await (await client.send('GET', ROUTES.models)).text();
    for (const secret of ['sk-generator', 'token-of', 'first-password', 'and-more'])
      expect(text).not.toContain(secret);
    // What is no secret, and what is too short to be told from other words.
    for (const shown of ['eu-central-7', 'visible', 'seven77']) expect(text).toContain(shown);
  });
});

test('without a home directory there is no file that choices could be saved in', () => {
  const config = new PlaygroundConfig({
    environment: {},
    workingDirectory: '/',
    homeDirectory: null,
    platform: 'linux',
  });
  expect(config.userFile).toBeNull();
});
