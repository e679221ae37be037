import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { daytonaEndToEnd } from '../support/daytona-end-to-end.ts';
import type { Era, McpClient } from '../support/mcp-client.ts';
import { addressOf, connectHttp, connectStdio, ERAS } from '../support/mcp-client.ts';

const daytona = daytonaEndToEnd();
const TOKEN = 'a-token-of-the-test-0123456789';
const ENDING_MS = 5_000;

/** Leaves its session, and ignores what asks politely. */
const STUBBORN = `
import os, signal, time
for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(name, signal.SIG_IGN)
if os.fork() == 0: os.setsid()
time.sleep(600)
`;

interface Served {
  readonly child: ChildProcessWithoutNullStreams;
  readonly client: McpClient;
}

const TRANSPORTS: Readonly<Record<string, (era: Era) => Promise<Served>>> = {
  stdio: async (era) => {
    const child = serve(['mcp']);
    return { child, client: await connectStdio(child, era) };
  },
  HTTP: async (era) => {
    const child = serve(['mcp', '--http', '--port', '0']);
    return { child, client: await connectHttp(await addressOf(child), TOKEN, era) };
  },
};

const EVERY_WAY = Object.keys(TRANSPORTS).flatMap((transport) =>
  ERAS.map((era) => [transport, era] as const),
);

function serve(words: readonly string[]): ChildProcessWithoutNullStreams {
  const child = daytona.start(words, { environment: { CLOCHE_HTTP_TOKEN: TOKEN } });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
  });
  return child;
}

async function startServed(transport: string, era: Era): Promise<Served> {
  const start = TRANSPORTS[transport];
  if (start === undefined) throw new Error(transport);
  return start(era);
}

/** The sandboxes of the server are processes of this machine. */
async function processesWith(mark: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    const commandLine = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.includes(mark)) found.push(name);
  }
  return found;
}

function untilUp(mark: string): Promise<void> {
  return vi.waitFor(async () => expect((await processesWith(mark)).length).toBeGreaterThanOrEqual(2), {
    timeout: 20_000,
  });
}

function untilGone(mark: string): Promise<void> {
  return vi.waitFor(async () => expect(await processesWith(mark)).toEqual([]), { timeout: ENDING_MS });
}

describe.each(EVERY_WAY)('cloche mcp with Daytona, over %s (%s)', (transport, era) => {
  test('runs programs, and a session keeps one sandbox, until it is closed', async () => {
    const { client } = await startServed(transport, era);
    // A run by itself takes the sandbox in which the languages were looked for, and both are gone after it.
    const alone = await client.call('execute_code', { code: 'print(1)', language: 'python' });
    expect(alone.structuredContent).toMatchObject({ status: 'ok', stdout: '1\n' });
    expect(await daytona.namesLeft(ENDING_MS)).toEqual([]);
    const code = "print('made'); open('kept.txt', 'w').write('kept')";
    const begun = await client.call('execute_code', { code, language: 'python', session_id: 'new' });
    expect(begun.structuredContent).toMatchObject({
      status: 'ok',
      stdout: 'made\n',
      executor: 'daytona',
      isolation: 'container',
    });
    const { run_id: runId, session_id: sessionId } = begun.structuredContent ?? {};
    const [sandbox, ...others] = daytona.server.sandboxes();
    expect(others).toEqual([]);
    const bash = { code: 'cat kept.txt', language: 'bash', session_id: sessionId };
    const next = await client.call('execute_code', bash);
    expect(next.structuredContent).toMatchObject({ status: 'ok', stdout: 'kept' });
    expect(daytona.server.sandboxes()).toEqual([sandbox]);
    const file = await client.call('read_output', { run_id: runId, artifact: 'kept.txt' });
    expect(file.structuredContent).toMatchObject({ text: 'kept' });
    const status = await client.call('manage_sandbox', { action: 'status' });
    expect(status.structuredContent?.['executors']).toContainEqual(
      expect.objectContaining({ name: 'daytona', available: true, sessions: 'keep the sandbox' }),
    );
    await client.call('manage_sandbox', { action: 'close', session_id: sessionId });
    expect(await daytona.namesLeft(ENDING_MS)).toEqual([]);
  });

  test('kills a program whose call is cancelled, and deletes its sandbox', async () => {
    const { child, client } = await startServed(transport, era);
    const mark = `daytona-cancel-${transport}-${era}`;
    const cancel = client.begin('execute_code', { code: STUBBORN, language: 'python', args: [mark] });
    await untilUp(mark);
    await cancel();
    await untilGone(mark);
    expect(await daytona.namesLeft(ENDING_MS)).toEqual([]);
    expect(child.exitCode).toBeNull();
  });
});

const ENDINGS: readonly (readonly [string, string, (child: ChildProcessWithoutNullStreams) => void])[] = [
  ['stdio', 'standard input ends', (child) => void child.stdin.end()],
  [
    'stdio',
    'its client vanishes',
    (child) => {
      child.stdin.destroy();
      child.stdout.destroy();
    },
  ],
  ['stdio', 'SIGTERM comes', (child) => void child.kill('SIGTERM')],
  ['stdio', 'SIGINT comes', (child) => void child.kill('SIGINT')],
  ['HTTP', 'SIGTERM comes', (child) => void child.kill('SIGTERM')],
];

test.each(ENDINGS)(
  'over %s, when %s, the sandboxes of runs and sessions are deleted',
  async (transport, what, end) => {
    const { child, client } = await startServed(transport, '2025-06-18');
    const mark = `daytona-end-${transport}-${what.replaceAll(' ', '-')}`;
    await client.call('execute_code', { code: 'print(1)', language: 'python', session_id: 'new' });
    client.begin('execute_code', { code: STUBBORN, language: 'python', args: [mark] });
    await untilUp(mark);
    expect(daytona.server.sandboxes()).toHaveLength(2);
    const closed = once(child, 'close');
    const startedAtMs = performance.now();
    end(child);
    expect(await closed).toEqual([0, null]);
    expect(performance.now() - startedAtMs).toBeLessThan(ENDING_MS);
    expect(await daytona.namesLeft(1_000)).toEqual([]);
    await untilGone(mark);
  },
);
