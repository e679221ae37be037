import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ClocheError } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import type { ApiError, ExecutorHealth, RunRecord } from '../../src/index.ts';
import { ROUTES, runRoute } from '../../src/index.ts';
import { PageClient } from './support/page-client.ts';
import type { TestServer, TestServerOptions } from './support/start-server.ts';
import { startServer } from './support/start-server.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

interface Place extends TestServer {
  readonly client: PageClient;
  readonly file: string;
}

async function place(own: string | null = null, options: TestServerOptions = {}): Promise<Place> {
  const directory = await temporaryDirectory();
  const file = join(directory, 'cloche/config/config.toml');
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  if (own !== null) await writeFile(file, own, { mode: 0o600 });
  const server = await startServer({ directory, ...options });
  return { ...server, client: await PageClient.of(server.serving), file };
}

async function refusal(client: PageClient, patch: unknown): Promise<readonly [number, ApiError]> {
  const answer = await client.send('PATCH', ROUTES.settings, patch);
  const { error } = (await answer.json()) as { error: ApiError };
  return [answer.status, error];
}

function failure(message: string): ClocheError {
  return new ClocheError({ code: 'ERR_GENERATOR_FAILED', message: { en: message, zh: message } });
}

const KEY = 'dtn_0123456789abcdef0123456789abcdef';

describe('settings', () => {
  test('say what the configuration says, and from where', async () => {
    const { client, file } = await place('network = "full"\n\n[limits]\nmemory = "256MiB"\n');
    const settings = await client.settings();
    expect(settings).toMatchObject({
      executor: { value: 'auto', source: 'default', locked: null },
      executors: ['auto', 'local', 'daytona'],
      network: { value: 'full', source: `${file}:1`, locked: null },
      memoryBytes: { value: 268_435_456, source: `${file}:4` },
      timeoutMs: { value: 120_000 },
      daytona: { apiKey: { isSet: false, source: null, locked: null }, apiUrl: { value: null } },
      generator: { describedAs: null, problem: null, apiKey: { isSet: false } },
      userConfigFile: file,
      locale: 'en',
    });
    expect(settings.languages).toHaveLength(9);
  });

  test('that are changed hold for all tabs and all further runs, until the server ends', async () => {
    const { client, serving, directory, file } = await place();
    await client.patch({ timeoutMs: 1000, executor: 'local', generator: { maximumAttempts: 2 } });
    const other = await PageClient.of(serving);
    expect(await other.settings()).toMatchObject({
      timeoutMs: { value: 1000, source: 'page' },
      executor: { value: 'local', source: 'page' },
      generator: { maximumAttempts: { value: 2, source: 'page' } },
    });
    const { id } = await other.python('import time\ntime.sleep(60)');
    expect((await other.events(id)).at(-1)).toMatchObject({ result: { status: 'timeout' } });
    expect(await stat(file).catch(() => null)).toBeNull();
    await serving.close();
    const again = await startServer({ directory });
    expect(await (await PageClient.of(again.serving)).settings()).toMatchObject({
      timeoutMs: { value: 120_000 },
    });
  });

  test('go back to what the configuration says', async () => {
    const { client } = await place('[limits]\ntimeout = "7s"\n');
    await client.patch({ timeoutMs: 1500 });
    expect(await client.patch({ timeoutMs: null })).toMatchObject({ timeoutMs: { value: 7000 } });
  });

  test('take in a file that was edited meanwhile, and say what is wrong with it', async () => {
    const { client, file } = await place('network = "none"\n');
    await writeFile(file, 'network = "full"\n');
    expect(await client.settings()).toMatchObject({ network: { value: 'full' } });
    await writeFile(file, 'network = "some"\n');
    const answer = await client.send('GET', ROUTES.settings);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('config.toml:1: network'),
    ]);
  });

  test.each<[string, unknown, string]>([
    ['a time that is no time', { timeoutMs: 0 }, 'limits.timeout'],
    ['too little memory', { memoryBytes: 1 }, 'limits.memory'],
    ['an unknown policy', { network: 'some' }, 'network'],
    ['an unknown provider', { generator: { provider: 'me' } }, 'generator.provider'],
    ['an unknown field', { isolation: 'none' }, 'isolation'],
    ['an unknown field below', { daytona: { target: 'eu' } }, 'daytona.target'],
    ['an empty key', { daytona: { apiKey: '' } }, 'daytona.apiKey'],
    ['a key over two lines', { daytona: { apiKey: `${KEY}\nX: y` } }, 'daytona.apiKey'],
    ['what is no object', [], 'body'],
  ])('refuse %s, and nothing has changed', async (_, patch, named) => {
    const { client } = await place();
    const before = await client.settings();
    const [status, error] = await refusal(client, patch);
    expect([status, error.message]).toEqual([400, expect.stringContaining(named)]);
    expect(await client.settings()).toEqual(before);
  });

  test('that somebody else has made are locked, with the reason, and refused', async () => {
    const { client } = await place('network = "full"\n', {
      flags: { 'limits.timeout': '9s' },
      environment: { CLOCHE_NETWORK: 'none', DAYTONA_API_KEY: KEY },
    });
    const settings = await client.settings();
    expect(settings.timeoutMs).toMatchObject({ value: 9000, source: '--timeout' });
    expect(settings.timeoutMs.locked?.en).toContain('--timeout');
    expect(settings.network.locked?.zh).toContain('CLOCHE_NETWORK');
    expect(settings.daytona.apiKey).toMatchObject({ isSet: true, source: 'DAYTONA_API_KEY' });
    expect(settings.daytona.apiUrl.locked?.en).toContain('DAYTONA_API_KEY');
    expect(settings.memoryBytes.locked).toBeNull();
    const patches = [
      { timeoutMs: 1 },
      { network: 'full' },
      { daytona: { apiKey: 'dtn_another_one' } },
      { daytona: { apiUrl: 'https://elsewhere.example' } },
      { timeoutMs: 1, save: true },
    ];
    for (const patch of patches) {
      const [status] = await refusal(client, patch);
      expect(status).toBe(409);
    }
  });

  test('name the weakest isolation, which a project may raise, and refuse what would be below it', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'cloche.toml'), '[isolation]\nminimum = "container"\n');
    const { serving } = await startServer({ directory });
    const client = await PageClient.of(serving);
    const { minimumIsolation } = await client.settings();
    expect(minimumIsolation.value).toBe('container');
    expect(minimumIsolation.locked?.en).toContain('cloche.toml:2');
    const [status, error] = await refusal(client, { executor: 'local' });
    expect([status, error.message]).toEqual([400, expect.stringContaining('never isolates more strongly')]);
  });
});

describe('a key', () => {
  test('is never sent back, nor a part of it, wherever it is set', async () => {
    const { client } = await place(`[generator]\nprovider = "openai"\napiKey = "sk-of-the-file-012345"\n`);
    await client.patch({ daytona: { apiKey: KEY } });
    const { id } = await client.python('print(1)');
    await client.events(id);
    const paths = [ROUTES.settings, ROUTES.executors, ROUTES.models, ROUTES.runs, runRoute(id)];
    const texts = await Promise.all(paths.map(async (path) => (await client.send('GET', path)).text()));
    for (const secret of [KEY, 'sk-of-the-file-012345']) expect(texts.join('\n')).not.toContain(secret);
    // A history holds times, of which some digits may be anything.
    for (const part of [KEY.slice(-4), '2345']) expect(texts[0]).not.toContain(part);
  });

  test('is taken out of whatever an error says', async () => {
    const { client } = await place(null, {
      generation: {
        describe: () => Promise.resolve(null),
        open: () => Promise.reject(new Error('unused')),
        listModels: ({ executorOptions }) =>
          Promise.reject(failure(`401 for ${String(executorOptions['daytona']?.['apiKey'])}`)),
      },
    });
    await client.patch({ daytona: { apiKey: KEY } });
    const answer = await client.send('GET', ROUTES.models);
    expect(await answer.text()).toContain('401 for …');
  });

  test('goes to the address that the page shows beside it, and to no other', async () => {
    const { client } = await place('[daytona]\napiUrl = "https://own.example/api"\n');
    const settings = await client.patch({ daytona: { apiKey: KEY } });
    expect(settings.daytona).toMatchObject({
      apiKey: { isSet: true, source: 'page' },
      apiUrl: { value: 'https://own.example/api', source: 'page' },
    });
    const [status, error] = await refusal((await place(`[daytona]\napiKey = "${KEY}"\n`)).client, {
      daytona: { apiUrl: 'https://elsewhere.example' },
    });
    expect([status, error.hint]).toEqual([400, 'Give the key together with its address.']);
  });

  test('that was typed for one address is not sent to another one that is given alone', async () => {
    const { client } = await place();
    await client.patch({
      daytona: { apiKey: KEY, apiUrl: 'https://own.example/api' },
      generator: { provider: 'openai', apiKey: 'sk-0123456789' },
    });
    const same = await client.patch({ daytona: { apiUrl: 'https://own.example/api' } });
    expect(same.daytona.apiKey.isSet).toBe(true);
    const changed = await client.patch({
      daytona: { apiUrl: 'https://elsewhere.example' },
      generator: { baseUrl: 'https://elsewhere.example' },
    });
    expect(changed.daytona).toMatchObject({
      apiKey: { isSet: false },
      apiUrl: { value: 'https://elsewhere.example', source: 'page' },
    });
    expect(changed.generator).toMatchObject({
      apiKey: { isSet: false },
      baseUrl: { value: 'https://elsewhere.example', source: 'page' },
    });
  });

  test('of one provider is not sent to another', async () => {
    const own = '[generator]\nprovider = "anthropic"\napiKey = "sk-ant-0123456789"\nmodel = "claude-x"\n';
    const { client, file } = await place(own);
    const changed = await client.patch({ generator: { provider: 'openai' } });
    expect(changed.generator).toMatchObject({
      provider: { value: 'openai' },
      apiKey: { isSet: false },
      model: { value: null },
    });
    const [status, error] = await refusal(client, { generator: { provider: 'google' }, save: true });
    expect([status, error.message]).toEqual([409, expect.stringContaining('of the provider before')]);
    expect(await readFile(file, 'utf8')).toBe(own);
    expect((await client.patch({ generator: { provider: 'anthropic' } })).generator).toMatchObject({
      apiKey: { isSet: true, source: `${file}:3` },
      model: { value: 'claude-x' },
    });
  });

  test('that is saved lies in a file of the user’s alone, with everything else that was in it', async () => {
    const own = '# mine\nexecutor = "local" # for now\n\n[daytona]\ntarget = "eu"\n';
    const { client, file } = await place(own);
    await writeFile(file, own, { mode: 0o644 });
    const settings = await client.patch({
      daytona: { apiKey: KEY, apiUrl: 'https://own.example/api' },
      timeoutMs: 90_000,
      memoryBytes: 268_435_456,
      save: true,
    });
    expect(settings.daytona).toMatchObject({
      apiKey: { isSet: true, source: expect.stringContaining(file) as string },
      apiUrl: { value: 'https://own.example/api' },
    });
    const text = await readFile(file, 'utf8');
    for (const line of own.trim().split('\n')) expect(text).toContain(line);
    for (const line of [`apiKey = "${KEY}"`, 'timeout = "90s"', 'memory = "256MiB"'])
      expect(text).toContain(line);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const forgotten = await client.patch({ daytona: { apiKey: null }, save: true });
    expect(forgotten.daytona.apiKey.isSet).toBe(false);
    expect(await readFile(file, 'utf8')).not.toContain(KEY);
  });
});

describe('executors', () => {
  test('say whether they are there, how strongly they isolate and what they run', async () => {
    const { client } = await place();
    const { executors } = await client.ask<{ executors: readonly ExecutorHealth[] }>('GET', ROUTES.executors);
    const local = executors.find(({ name }) => name === 'local');
    expect(local).toMatchObject({
      available: true,
      reason: null,
      languages: { python: { available: true } },
    });
    expect(['none', 'process']).toContain(local?.isolation);
    expect(executors.find(({ name }) => name === 'daytona')).toMatchObject({
      available: false,
      fix: ['cloche executors add daytona'],
    });
  });
});

describe('copies of a run', () => {
  test('carry what was chosen in the page, and what anybody would type into a shell as one word', async () => {
    const { client } = await place();
    await client.patch({ timeoutMs: 90_000, network: 'none', daytona: { apiKey: KEY } });
    const { id } = await client.start({
      kind: 'execute',
      language: 'python',
      code: "print('$HOME')\nCLOCHE_END\n",
      arguments: ["it's", '$(reboot)', '--flag', '\u001B[201~'],
      files: [{ path: 'a b.csv', content: Buffer.from('1').toString('base64') }],
    });
    const { copies } = await client.ask<RunRecord>('GET', runRoute(id));
    expect(copies.command).toBe(
      `cloche run - --language python --file 'a b.csv' --network none --timeout 90s -- 'it'\\''s' '$(reboot)' --flag $'\\x1b[201~' <<'CLOCHE_END_2'\nprint('$HOME')\nCLOCHE_END\nCLOCHE_END_2\n`,
    );
    expect(JSON.parse(copies.mcp)).toEqual({
      name: 'execute_code',
      arguments: {
        language: 'python',
        code: "print('$HOME')\nCLOCHE_END\n",
        args: ["it's", '$(reboot)', '--flag', '\u001B[201~'],
        files: [{ path: 'a b.csv', content: '1' }],
        timeout_seconds: 90,
        network: 'none',
      },
    });
    expect(copies.typescript).toContain('limits: { runTimeoutMs: 90000 },');
    expect(JSON.stringify(copies)).not.toContain(KEY);
  });
});
