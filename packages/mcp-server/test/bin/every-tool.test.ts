import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textField } from '../support/answer-fields.ts';
import { processesWith, until } from '../support/processes.ts';
import type { TestAnswer } from '../support/test-client.ts';
import { textOf } from '../support/text-of.ts';
import { packArchive } from './support/packed-archive.ts';
import type { PackedServer } from './support/packed-server.ts';
import { saidOnStderr, startServer } from './support/server-process.ts';

const TOKEN = 'a-token-of-the-test-0123456789';

let server: PackedServer;

beforeAll(() => {
  server = packArchive();
}, 120_000);

afterAll(() => server[Symbol.dispose]());

interface Opened {
  readonly transport: Parameters<Client['connect']>[0];
  /** After the client has closed. */
  end(): Promise<unknown>;
}

function serverProcesses(): Promise<readonly string[]> {
  return processesWith(`${server.directory}/npm-cache`);
}

const TRANSPORTS: Readonly<Record<string, () => Promise<Opened>>> = {
  stdio: () => {
    const [command, ...args] = server.argv;
    const env = { ...server.environment };
    const transport = new StdioClientTransport({ command, args, env, cwd: server.directory });
    return Promise.resolve({ transport, end: () => Promise.resolve() });
  },
  HTTP: async () => {
    const started = startServer(server, ['--http', '--port', '0'], { CLOCHE_HTTP_TOKEN: TOKEN });
    const url = await saidOnStderr(started, /(?<word>http:\S+)/u);
    const headers = { Authorization: `Bearer ${TOKEN}` };
    return {
      transport: new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
      end: async () => {
        // npm's shell does not pass a signal on.
        for (const pid of await serverProcesses()) process.kill(Number(pid), 'SIGTERM');
        return started.ended;
      },
    };
  },
};

const CASES = Object.keys(TRANSPORTS).flatMap((transport) =>
  (['auto', 'legacy'] as const).map((mode) => [transport, mode] as const),
);

describe.each(CASES)('the archive, started by npx, over %s (%s)', (transport, mode) => {
  test('has every tool, every action and its resources', async () => {
    const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
    const opened = await TRANSPORTS[transport]?.();
    if (opened === undefined) throw new Error(transport);
    await client.connect(opened.transport);
    const call = async (name: string, given: Record<string, unknown>): Promise<TestAnswer> =>
      (await client.callTool({ name, arguments: given })) as TestAnswer;

    const code = "print('line'); open('made.csv', 'w').write('a,b')";
    const run = await call('execute_code', { code, language: 'python', session_id: 'new' });
    expect(run.structuredContent).toMatchObject({ status: 'ok', stdout: 'line\n', executor: 'local' });
    const ids = { run: textField(run, 'run_id'), session: textField(run, 'session_id') };
    const page = await call('read_output', { run_id: ids.run, offset: 2, wait_seconds: 1 });
    expect(page.structuredContent).toMatchObject({ text: 'ne\n', eof: true });
    const file = await call('read_output', { run_id: ids.run, artifact: 'made.csv' });
    expect(file.structuredContent).toMatchObject({ text: 'a,b' });

    const uri = `cloche://runs/${ids.run}/artifacts/made.csv`;
    expect((await client.listResources()).resources.map((resource) => resource.uri)).toContain(uri);
    expect((await client.readResource({ uri })).contents).toMatchObject([{ text: 'a,b' }]);

    const status = await call('manage_sandbox', { action: 'status' });
    expect(textOf(status)).toContain('local');
    const list = await call('manage_sandbox', { action: 'list' });
    expect(textOf(list)).toContain(ids.run);
    const cancelled = await call('manage_sandbox', { action: 'cancel', run_id: ids.run });
    expect(cancelled.structuredContent).toMatchObject({ status: 'ok' });
    for (const given of [{ session_id: ids.session }, { run_id: ids.run }]) {
      expect((await call('manage_sandbox', { action: 'close', ...given })).isError).toBeFalsy();
    }
    expect((await call('read_output', { run_id: ids.run })).isError).toBe(true);
    await client.close();
    await opened.end();
  });
});

const SIGNALS: Readonly<Record<string, NodeJS.Signals | null>> = {
  'the client closes': null,
  'npx is told to end': 'SIGTERM',
  'npx is killed': 'SIGKILL',
};

test.each(Object.keys(SIGNALS))('what npx has started ends, with its programs, when %s', async (what) => {
  const mark = `npx-${what.replaceAll(' ', '-')}`;
  const { child, ended } = startServer(server, []);
  ended.catch(() => undefined);
  const params = {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 't', version: '1' },
  };
  const program = { code: 'import time; time.sleep(600)', language: 'python', args: [mark] };
  for (const message of [
    { id: 1, method: 'initialize', params },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: 'execute_code', arguments: program } },
  ]) {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
  await until(async () => (await processesWith(mark)).length > 0, 20_000);
  expect(await serverProcesses()).not.toEqual([]);
  const signal = SIGNALS[what];
  if (signal !== undefined && signal !== null) child.kill(signal);
  // Whatever a client does besides, its own end is closed then.
  child.stdin.destroy();
  await until(async () => (await processesWith(mark)).length === 0, 5_000);
  await until(async () => (await serverProcesses()).length === 0, 5_000);
});
