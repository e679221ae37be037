import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { processesWith, until } from '../support/processes.ts';
import type { PackedServer } from './support/packed-server.ts';
import { packServer } from './support/packed-server.ts';

const ENDING_MS = 5_000;
const CALLS = 20_000;
/** Half of what the answers would be. */
const MEMORY_BYTES = 200 * 1024 * 1024;

const isLinux = process.platform === 'linux';
let server: PackedServer;

beforeAll(() => {
  if (isLinux) server = packServer();
}, 120_000);

afterAll(() => {
  if (isLinux) server[Symbol.dispose]();
});

/** A server that runs a program and owes its client far more answers than a pipe holds. */
async function startUnread(mark: string): Promise<ChildProcessWithoutNullStreams> {
  const [file, ...argv] = server.argv;
  const child = spawn(file, argv, { cwd: server.directory, env: server.environment, stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined);
  child.stderr.resume();
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } };
  const program = { code: 'import time; time.sleep(600)', language: 'python', args: [mark] };
  const send = (message: Readonly<Record<string, unknown>>): void =>
    void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  send({ id: 'initialize', method: 'initialize', params });
  send({ method: 'notifications/initialized' });
  send({ id: 'run', method: 'tools/call', params: { name: 'execute_code', arguments: program } });
  await until(async () => (await processesWith(mark)).length > 0, 20_000);
  for (let id = 0; id < CALLS; id += 1) send({ id, method: 'tools/list' });
  await until(async () => {
    const before = child.stdin.writableLength;
    await delay(300);
    return child.stdin.writableLength === before;
  }, 20_000);
  return child;
}

async function memoryBytes({ pid }: ChildProcessWithoutNullStreams): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(?<kilobytes>\d+)/mu.exec(status)?.groups?.['kilobytes']) * 1024;
}

const ENDINGS: Readonly<Record<string, (child: ChildProcessWithoutNullStreams) => void>> = {
  'standard input ends': (child) => void child.stdin.destroy(),
  'its client vanishes': (child) => {
    child.stdin.destroy();
    child.stdout.destroy();
  },
  'SIGTERM comes': (child) => void child.kill('SIGTERM'),
  'SIGINT comes': (child) => void child.kill('SIGINT'),
};

describe('a server whose output nobody reads', () => {
  beforeEach((context) => context.skip(!isLinux, '/proc is of Linux alone'));

  test.each(Object.keys(ENDINGS))('keeps to its memory, and ends when %s', async (what) => {
    const mark = `unread-${what.replaceAll(' ', '-')}`;
    const child = await startUnread(mark);
    expect(await memoryBytes(child)).toBeLessThan(MEMORY_BYTES);
    const exited = once(child, 'exit');
    const startedAtMs = performance.now();
    ENDINGS[what]?.(child);
    expect(await Promise.race([exited, delay(20_000)])).toEqual([0, null]);
    expect(performance.now() - startedAtMs).toBeLessThan(ENDING_MS);
    expect(await processesWith(mark)).toEqual([]);
  });
});
