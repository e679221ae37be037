import { describe, expect, test } from 'vitest';
import { entry, load, PROJECT_FILE, refusal, SECRETS_FILE, USER_FILE } from './load-given.ts';

const GIBIBYTE = 1024 ** 3;

/** What the executor gets, whichever way it is written. */
const OPTIONS = {
  snapshot: 'team-tools',
  image: 'debian:13',
  cpu: 4,
  memory: 8 * GIBIBYTE,
  disk: 10 * GIBIBYTE,
  networkAllowList: '10.0.0.0/8,192.168.0.0/16',
  networkBlockAll: true,
  labels: { team: 'search', tier: 'a=b' },
  autoStop: 15 * 60_000,
  keepSandbox: false,
};

describe('the table [daytona]', () => {
  test('from a file becomes numbers, booleans and tables', async () => {
    const text = [
      '[daytona]',
      'snapshot = "team-tools"',
      'image = "debian:13"',
      'cpu = 4',
      'memory = "8GiB"',
      `disk = ${10 * GIBIBYTE}`,
      'networkAllowList = "10.0.0.0/8,192.168.0.0/16"',
      'networkBlockAll = true',
      'autoStop = "15m"',
      'keepSandbox = false',
      '[daytona.labels]',
      'team = "search"',
      'tier = "a=b"',
    ].join('\n');
    const loaded = await load({ files: { [USER_FILE]: text } });
    expect(loaded.config.executorOptions['daytona']).toEqual(OPTIONS);
    expect(entry(loaded, 'daytona.labels')).toEqual({
      value: OPTIONS.labels,
      kind: 'user',
      name: `${USER_FILE}:11`,
    });
  });

  test('from variables becomes the same', async () => {
    const environment = {
      CLOCHE_DAYTONA_SNAPSHOT: 'team-tools',
      CLOCHE_DAYTONA_IMAGE: 'debian:13',
      CLOCHE_DAYTONA_CPU: '4',
      CLOCHE_DAYTONA_MEMORY: '8GiB',
      CLOCHE_DAYTONA_DISK: '10GiB',
      CLOCHE_DAYTONA_NETWORK_ALLOW_LIST: '10.0.0.0/8,192.168.0.0/16',
      CLOCHE_DAYTONA_NETWORK_BLOCK_ALL: 'yes',
      CLOCHE_DAYTONA_LABELS: 'team=search, tier=a=b',
      CLOCHE_DAYTONA_AUTO_STOP: '15m',
      CLOCHE_DAYTONA_KEEP_SANDBOX: 'FALSE',
    };
    expect((await load({ environment })).config.executorOptions['daytona']).toEqual(OPTIONS);
  });

  test.each<[string, string, string]>([
    ['CLOCHE_DAYTONA_KEEP_SANDBOX', 'perhaps', '"perhaps" is neither true nor false'],
    ['CLOCHE_DAYTONA_LABELS', 'team', '"team" is not key=value'],
    ['CLOCHE_DAYTONA_LABELS', 'a=1,a=2', 'a is there twice'],
    ['CLOCHE_DAYTONA_AUTO_STOP', '10s', '10000 ms is outside of 60000 to 86400000 ms'],
    ['CLOCHE_DAYTONA_MEMORY', '1MiB', 'is outside of'],
    ['DAYTONA_TARGET', '  ', 'The value is empty'],
  ])('%s=%s is refused', async (name, value, message) => {
    const error = await refusal({ environment: { [name]: value } });
    expect(error.message).toContain(name);
    expect(error.message).toContain(message);
  });

  test.each<[string, string, string]>([
    ['keepSandbox', '"yes"', 'true or false'],
    ['labels', '{ team = 1 }', 'key=value, or a table of text'],
    ['cpu', '"two"', 'a whole number'],
  ])('%s = %s in a file is refused', async (key, value, expected) => {
    const error = await refusal({ files: { [USER_FILE]: `[daytona]\n${key} = ${value}` } });
    expect(error.message).toBe(`${USER_FILE}:2: daytona.${key}: The value is not ${expected}.`);
  });

  test.each([
    'apiKey = "dtn_planted_000000"',
    'apiUrl = "https://evil.example/api"',
    'snapshot = "evil"',
    'image = "evil.example/tools:1"',
    'networkBlockAll = false',
    'keepSandbox = true',
    'labels = { team = "evil" }',
    'somethingElse = 1',
  ])('%s in a project file is refused', async (line) => {
    const error = await refusal({ files: { [PROJECT_FILE]: `[daytona]\n${line}` } });
    expect(error.message).toContain("A project's file may not set this key");
    expect(error.message).not.toContain('dtn_planted');
  });
});

describe('a key and its address by flag', () => {
  const flagKey = { 'daytona.apiKey': 'dtn_typed_0000wxyz' } as const;

  test('make a pair, above everything else', async () => {
    const loaded = await load({
      flags: { ...flagKey, 'daytona.apiUrl': 'https://typed.example/api', 'daytona.target': 'eu' },
      environment: { DAYTONA_API_KEY: 'dtn_environment', DAYTONA_API_URL: 'https://variable.example/api' },
    });
    expect(loaded.config.executorOptions['daytona']).toEqual({
      apiKey: 'dtn_typed_0000wxyz',
      apiUrl: 'https://typed.example/api',
      target: 'eu',
    });
    expect(entry(loaded, 'daytona.apiKey')).toEqual({
      value: '…wxyz',
      kind: 'flag',
      name: '--daytona-api-key',
    });
  });

  test('a key by flag goes to no address from elsewhere, and a warning says that it can be read', async () => {
    const loaded = await load({
      flags: flagKey,
      environment: { DAYTONA_API_URL: 'https://variable.example/api' },
    });
    expect(loaded.config.executorOptions['daytona']).toEqual({ apiKey: 'dtn_typed_0000wxyz' });
    expect(loaded.warnings.map(({ en }) => en)).toEqual([
      expect.stringMatching(/--daytona-api-key.*DAYTONA_API_KEY/u),
      expect.stringContaining('daytona.apiUrl of DAYTONA_API_URL is not used'),
    ]);
    expect(loaded.warnings[0]?.zh).toContain('DAYTONA_API_KEY');
    expect(JSON.stringify(loaded.warnings)).not.toContain('dtn_typed');
  });

  test('an address by flag is refused where the key comes from elsewhere', async () => {
    const given = {
      flags: { 'daytona.apiUrl': 'https://typed.example/api' },
      environment: { DAYTONA_API_KEY: 'dtn_environment_0' },
    };
    const error = await refusal(given);
    expect(error.message).toBe(
      '--daytona-api-url: A key and its endpoint come from one place, and the key comes from DAYTONA_API_KEY.',
    );
    expect(error.hint).toContain('DAYTONA_API_KEY');
    expect(error.chinese).toContain('密钥来自 DAYTONA_API_KEY');
  });

  test('an address by flag alone is kept', async () => {
    const loaded = await load({ flags: { 'daytona.apiUrl': 'https://typed.example/api' } });
    expect(loaded.config.executorOptions['daytona']).toEqual({ apiUrl: 'https://typed.example/api' });
    expect(loaded.warnings).toEqual([]);
  });
});

describe('the secrets of Streamlit', () => {
  const secrets = (...lines: string[]) => ({ [SECRETS_FILE]: lines.join('\n') });

  test('give key and address as a pair, under either name of the address', async () => {
    const files = secrets('DAYTONA_API_KEY = "dtn_streamlit_1234"', 'DAYTONA_API_BASE = "https://s.example"');
    expect((await load({ files })).config.executorOptions['daytona']).toEqual({
      apiKey: 'dtn_streamlit_1234',
      apiUrl: 'https://s.example',
    });
    const agreeing = {
      [SECRETS_FILE]: `${files[SECRETS_FILE] ?? ''}\nDAYTONA_API_URL = "https://s.example"`,
    };
    expect((await load({ files: agreeing })).config.executorOptions['daytona']).toMatchObject({
      apiUrl: 'https://s.example',
    });
  });

  test('that name two addresses are refused', async () => {
    const error = await refusal({
      files: secrets(
        'DAYTONA_API_KEY = "dtn_streamlit_1234"',
        'DAYTONA_API_BASE = "https://a.example"',
        'DAYTONA_API_URL = "https://b.example"',
      ),
    });
    expect(error.message).toBe(
      `${SECRETS_FILE}:3: DAYTONA_API_URL and DAYTONA_API_BASE contradict each other: both give daytona.apiUrl.`,
    );
    expect(error.chinese).toContain('互相矛盾');
  });

  test('do not lend their address to a key from elsewhere', async () => {
    const loaded = await load({
      files: secrets('DAYTONA_API_BASE = "https://s.example"'),
      environment: { DAYTONA_API_KEY: 'dtn_environment_0' },
    });
    expect(loaded.config.executorOptions['daytona']).toEqual({ apiKey: 'dtn_environment_0' });
  });

  test.each(['1', 'true', '["dtn_x"]', '"  "'])('with DAYTONA_API_KEY = %s are refused', async (value) => {
    const error = await refusal({ files: secrets(`DAYTONA_API_KEY = ${value}`) });
    expect(error.message).toMatch(new RegExp(`^${SECRETS_FILE}:1: DAYTONA_API_KEY: `, 'u'));
  });
});
