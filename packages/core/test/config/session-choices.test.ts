import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import type { LoadConfigInput } from '../../src/config/load-config.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

async function input(own: string): Promise<LoadConfigInput> {
  const root = await temporaryDirectory();
  await mkdir(join(root, '.config/cloche'), { recursive: true, mode: 0o700 });
  await writeFile(join(root, '.config/cloche/config.toml'), own, { mode: 0o600 });
  return { environment: {}, workingDirectory: root, homeDirectory: root, platform: 'linux' };
}

test('what was chosen in a page stands above the files and below flags and variables', async () => {
  const session = { executor: 'docker', network: 'full', 'limits.timeout': '5000ms' } as const;
  const given = await input('executor = "local"\nnetwork = "none"\n');
  const { config, entries } = await loadConfig({
    ...given,
    session,
    flags: { 'limits.timeout': '7s' },
    environment: { CLOCHE_NETWORK: 'none' },
  });
  expect(config).toMatchObject({ executor: 'docker', network: 'none', limits: { runTimeoutMs: 7000 } });
  expect(entries.find(({ key }) => key === 'executor')?.source).toEqual({ kind: 'session', name: 'page' });
});

test('null hides what the files say', async () => {
  const given = await input('[generator]\nprovider = "anthropic"\napiKey = "sk-ant-of-the-file"\n');
  const session = { 'generator.provider': 'openai', 'generator.apiKey': null } as const;
  expect((await loadConfig({ ...given, session })).config.generator).toMatchObject({
    provider: 'openai',
    apiKey: null,
  });
});

test('an address for a key of another place is refused', async () => {
  const given = await input('[daytona]\napiKey = "dtn_of_the_file"\n');
  await expect(
    loadConfig({ ...given, session: { 'daytona.apiUrl': 'https://elsewhere.example' } }),
  ).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: expect.stringContaining('come from one place') as string,
    hint: 'Give the key together with its address.',
  });
});
