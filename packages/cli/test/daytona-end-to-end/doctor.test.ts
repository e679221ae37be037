import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/output/display-width.ts';
import { daytonaEndToEnd } from '../support/daytona-end-to-end.ts';
import { plant } from '../support/temporary-directory.ts';

const BAD_KEY = 'dtn_0123456789_not_this_one';
/** Nothing listens there. */
const UNREACHABLE = 'http://127.0.0.1:1/api';

const daytona = daytonaEndToEnd({ hiddenPrograms: ['rustc'] });
const { directory, cloche } = daytona;

plant(directory, 'program.py', 'print("ran")\n');

/** The cell of a language in the column of `daytona`. */
function languageIn(report: string, language: string): string {
  const lines = report.split('\n');
  const column = lines[0]?.indexOf('daytona') ?? -1;
  return lines.find((line) => line.startsWith(`${language} `))?.slice(column) ?? '';
}

/** Lines that no terminal of 80 columns holds; a command to paste is never broken. */
function tooWide(report: string): string[] {
  return report.split('\n').filter((line) => displayWidth(line) > 80 && !line.startsWith('    $ '));
}

const createdSandboxes = (): number =>
  daytona.server.requests.filter(({ operation }) => operation === 'createSandbox').length;

describe('cloche doctor', () => {
  test('says that it is available and its languages are unknown, and creates no sandbox', async () => {
    const { exitCode, stdout, stderr } = await cloche(['doctor']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(languageIn(stdout, 'Python')).toBe('?');
    expect(stdout).toMatch(/^\?: not known yet\. The first run on daytona looks it up/mu);
    expect(stdout).toContain(`daytona: Daytona at ${daytona.server.apiUrl}, default snapshot\n`);
    expect(tooWide(stdout)).toEqual([]);
    expect(createdSandboxes()).toBe(0);
    expect(daytona.server.requests.length).toBeLessThanOrEqual(2);
  });

  test('knows the versions after the first run', async () => {
    expect(await cloche(['run', 'program.py'])).toMatchObject({ exitCode: 0, stdout: 'ran\n' });
    daytona.server.forgetRequests();
    const { stdout } = await cloche(['doctor', '--lang', 'zh']);
    expect(languageIn(stdout, 'Python')).toMatch(/^3\.\d+/u);
    expect(languageIn(stdout, 'Rust')).toBe('-');
    expect(stdout).toContain('    $ cloche daytona snapshot create\n');
    expect(tooWide(stdout)).toEqual([]);
    expect(createdSandboxes()).toBe(0);
  });
});

const url = (): string => daytona.server.apiUrl;
const key = (): string => daytona.server.apiKey;

describe('cloche doctor tells apart', () => {
  test.each([
    {
      what: 'no key',
      account: () => ({}),
      en: 'daytona: No Daytona API key is configured.',
      zh: 'daytona: 未配置 Daytona API 密钥。 请在 https://app.daytona.io/dashboard/keys 创建密钥',
    },
    {
      what: 'a bad key',
      account: () => ({ DAYTONA_API_KEY: BAD_KEY, DAYTONA_API_URL: url() }),
      en: 'daytona: Daytona API error: Invalid credentials (HTTP 401) Check DAYTONA_API_KEY',
      zh: 'daytona: Daytona API错误: Invalid credentials (HTTP 401)',
    },
    {
      what: 'an address without /api',
      account: () => ({ DAYTONA_API_KEY: key(), DAYTONA_API_URL: url().replace('/api', '') }),
      en: 'daytona: Daytona API error: the answer is not that of a Daytona API Check DAYTONA_API_URL',
      zh: 'daytona: Daytona API错误: ',
    },
    {
      what: 'an address that nobody listens at',
      account: () => ({ DAYTONA_API_KEY: key(), DAYTONA_API_URL: UNREACHABLE }),
      en: 'daytona: Daytona API error: connect ECONNREFUSED 127.0.0.1:1 Check the network',
      zh: 'daytona: Daytona API错误: connect ECONNREFUSED 127.0.0.1:1 请检查网络',
    },
    {
      what: 'the address of the former service',
      account: () => ({ DAYTONA_API_KEY: key(), DAYTONA_API_BASE: 'https://api.daytona.dev' }),
      en: 'daytona: The address https://api.daytona.dev is that of the former Daytona service',
      zh: 'daytona: 地址 https://api.daytona.dev ',
      code: 'ERR_CONFIG_INVALID',
    },
  ])(
    '$what, in both languages, and never prints the key',
    async ({ account, en, zh, code = 'ERR_EXECUTOR_UNAVAILABLE' }) => {
      const [english, chinese, json] = await Promise.all([
        cloche(['doctor'], { account: account() }),
        cloche(['doctor', '--lang', 'zh'], { account: account() }),
        cloche(['doctor', '--json', '--debug'], { account: account() }),
      ]);
      expect(english.stdout.replaceAll(/\s+/gu, ' ')).toContain(en);
      expect(chinese.stdout.replaceAll(/\s+/gu, ' ')).toContain(zh);
      const { executors } = JSON.parse(json.stdout) as { executors: readonly { name: string }[] };
      expect(executors.find(({ name }) => name === 'daytona')).toMatchObject({
        probe: { available: false, code },
        capabilities: null,
      });
      const everything = [english, chinese, json].map(({ stdout, stderr }) => stdout + stderr).join('');
      expect(everything).not.toContain(BAD_KEY);
      expect(everything).not.toContain(key());
    },
  );

  test.each([
    { what: 'a key that may not', status: 403, message: '(HTTP 403)' },
    { what: 'a service that is ill', status: 503, message: '(HTTP 503)' },
  ])('$what', async ({ status, message }) => {
    const fault = daytona.server.inject({ operation: '*', times: Infinity, answer: { status } });
    const { exitCode, stdout } = await cloche(['doctor']);
    fault.remove();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ {2}daytona: Daytona API error: /mu);
    expect(stdout).toContain(message);
  });
});

describe('cloche run', () => {
  test.each([
    [
      'a bad key',
      { DAYTONA_API_KEY: BAD_KEY },
      'Invalid credentials (HTTP 401).\nhint: Check DAYTONA_API_KEY',
    ],
    ['an unreachable service', { DAYTONA_API_URL: UNREACHABLE }, 'connect ECONNREFUSED 127.0.0.1:1.\nhint: '],
  ])('with %s ends in 125, with the reason and no key', async (_, environment, message) => {
    const { exitCode, stdout, stderr } = await cloche(['run', '--debug', 'program.py'], { environment });
    expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: '' });
    expect(stderr).toContain(`cloche: Could not create the Daytona sandbox. Daytona API error: ${message}`);
    expect(stderr).not.toContain(BAD_KEY);
    expect(stderr).not.toContain(key());
  });
});
