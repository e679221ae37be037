import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PackedServer } from './support/packed-server.ts';
import { packServer } from './support/packed-server.ts';
import { runInspector } from './support/run-inspector.ts';
import { saidOnStderr, startServer } from './support/server-process.ts';

const TOKEN = 'a-token-of-the-test-0123456789';
const LIST = ['--method', 'tools/list', '--strict'];
const TOOLS = ['execute_code', 'read_output', 'manage_sandbox', 'generate_code'];
const NO_COMPLAINT = /^(?:0 errors, 0 warnings[^\n]*\n)?$/u;

let server: PackedServer;

beforeAll(() => {
  server = packServer();
}, 120_000);

afterAll(() => server[Symbol.dispose]());

function call(name: string, given: Readonly<Record<string, unknown>>): readonly string[] {
  return ['--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(given)];
}

/** The inspector hands a server on stdio no variable that it is not told of. */
function overStdio(): readonly string[] {
  const { CLOCHE_HOME: home = '' } = server.environment;
  return [...server.argv, '-e', `CLOCHE_HOME=${home}`, '-e', 'CLOCHE_EXECUTOR=local'];
}

async function overHttp(token = TOKEN): Promise<readonly string[]> {
  const started = startServer(server, ['--http', '--port', '0'], { CLOCHE_HTTP_TOKEN: TOKEN });
  const url = await saidOnStderr(started, /(?<word>http:\S+)/u);
  return ['--server-url', url, '--transport', 'http', '--header', `Authorization: Bearer ${token}`];
}

const TRANSPORTS: Readonly<Record<string, () => readonly string[] | Promise<readonly string[]>>> = {
  stdio: overStdio,
  HTTP: () => overHttp(),
};

describe.each(Object.keys(TRANSPORTS))('the inspector on the command line, over %s', (transport) => {
  test.each(['modern', 'legacy'])('finds nothing to complain of and runs a program (%s)', async (era) => {
    const target = [...((await TRANSPORTS[transport]?.()) ?? []), '--protocol-era', era];
    const listed = await runInspector(server, [...target, ...LIST]);
    expect(listed).toMatchObject({
      exitCode: 0,
      result: { tools: TOOLS.map((name) => ({ name })) },
      stderr: expect.stringMatching(NO_COMPLAINT),
    });
    const program = { language: 'python', code: 'print(6 * 7)' };
    expect(await runInspector(server, [...target, ...call('execute_code', program)])).toMatchObject({
      exitCode: 0,
      result: { structuredContent: { status: 'ok', executor: 'local', stdout: '42\n' } },
    });
  });
});

test('without the token the inspector gets nothing', async () => {
  const target = [...(await overHttp('another-token-0123456789')), '--stored-auth-only'];
  const { exitCode, result } = await runInspector(server, [...target, ...LIST]);
  expect(exitCode).not.toBe(0);
  expect(result).toBeNull();
});
