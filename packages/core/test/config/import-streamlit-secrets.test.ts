import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { importStreamlitSecrets } from '../../src/config/import-streamlit-secrets.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { skipWithoutFileModes } from '../skip-without-file-modes.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const SECRETS =
  'OTHER = "x"\nDAYTONA_API_KEY = "dtn_\\"quoted\\"_12"\nDAYTONA_API_BASE = "https://d.example"\n';

async function place(
  secrets: string | null,
  own: string | null,
): Promise<{ root: string; input: Parameters<typeof importStreamlitSecrets>[0]; file: string }> {
  const root = await temporaryDirectory();
  const file = join(root, 'home/.config/cloche/config.toml');
  await mkdir(join(root, 'project/.streamlit'), { recursive: true });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  if (secrets !== null)
    await writeFile(join(root, 'project/.streamlit/secrets.toml'), secrets, { mode: 0o600 });
  if (own !== null) await writeFile(file, own);
  const input = {
    environment: {},
    workingDirectory: join(root, 'project'),
    homeDirectory: join(root, 'home'),
    platform: 'linux',
  } as const;
  return { root, input, file };
}

test.each<[string, string | null]>([
  ['no file', null],
  ['an empty file', ''],
  ['a file with other keys', 'executor = "local"\n\n[limits]\nmemory = "1GB"'],
  ['a file with a table of that name', '[daytona]\ntarget = "eu"\n\n[limits]\nmemory = "1GB"\n'],
  ['a file with a table below that name', '[daytona.labels]\nteam = "search"\n'],
  ['a file with dotted keys of that name', 'daytona.target = "eu"\n\n[limits]\nmemory = "1GB"\n'],
])('takes keys over into %s', async (_, own) => {
  const { input, file } = await place(SECRETS, own);
  expect(await importStreamlitSecrets(input)).toEqual({
    path: file,
    keys: ['daytona.apiKey', 'daytona.apiUrl'],
    warnings: [],
  });
  const { config } = await loadConfig(input);
  expect(config.executorOptions['daytona']).toMatchObject({
    apiKey: 'dtn_"quoted"_12',
    apiUrl: 'https://d.example',
  });
  expect(await readFile(file, 'utf8')).toContain((own ?? '').trimEnd().split('\n').at(-1));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(dirname(file))).toEqual(['config.toml']);
});

test.each<[string, string | null, string | null, string]>([
  ['no secrets', null, null, 'There is no such file'],
  ['no Daytona value among them', 'OTHER = "x"', null, 'no DAYTONA_… value'],
  [
    'a key that is there already',
    SECRETS,
    'daytona.apiKey = "dtn_mine"',
    'config.toml:1: daytona.apiKey: Your own file gives this key already',
  ],
  [
    'an address alone, where the user has a key',
    'DAYTONA_API_BASE = "https://evil.example"',
    '[daytona]\napiKey = "dtn_mine"\n',
    'secrets.toml: daytona.apiUrl: Your own file has daytona.apiKey',
  ],
  [
    'a key alone, where the user has an address',
    'DAYTONA_API_KEY = "dtn_theirs"',
    '[daytona]\napiUrl = "https://mine.example"\n',
    'secrets.toml: daytona.apiKey: Your own file has daytona.apiUrl',
  ],
  [
    'a table on one line, which takes no further keys',
    SECRETS,
    'daytona = { target = "eu" }\n',
    'config.toml: daytona: The values do not fit into this table as it is written',
  ],
  [
    'two addresses',
    `${SECRETS}DAYTONA_API_URL = "https://other.example"`,
    null,
    'DAYTONA_API_URL and DAYTONA_API_BASE contradict each other',
  ],
  ['a file of the user that is broken', SECRETS, '= =', 'This is not TOML'],
])('with %s nothing is changed', async (_, secrets, own, message) => {
  const { input, file } = await place(secrets, own);
  await expect(importStreamlitSecrets(input)).rejects.toMatchObject({
    code: 'ERR_CONFIG_INVALID',
    message: expect.stringContaining(message) as string,
  });
  expect(await readFile(file, 'utf8').catch(() => null)).toBe(own);
});

test('warns of a key that others can read', async (context) => {
  skipWithoutFileModes(context);
  const { root, input } = await place(SECRETS, null);
  await chmod(join(root, 'project/.streamlit/secrets.toml'), 0o644);
  const { warnings } = await importStreamlitSecrets(input);
  expect(warnings.map(({ en }) => en)).toEqual([expect.stringContaining('chmod 600')]);
});
