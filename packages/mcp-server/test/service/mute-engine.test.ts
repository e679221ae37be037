import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openConnection } from '../support/open-connection.ts';
import type { TestAnswer } from '../support/test-client.ts';
import { textOf } from '../support/text-of.ts';

/** Well before clients give up, which is after 60 s. */
const BOUND_MS = 20_000;

/** An engine that takes connections and never says a word. @returns its address */
async function muteEngine(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'cloche-mute-'));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(path.join(directory, 'engine.sock'));
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await rm(directory, { recursive: true, force: true });
  });
  return `unix://${path.join(directory, 'engine.sock')}`;
}

interface Timed {
  readonly answer: TestAnswer;
  readonly status: TestAnswer;
}

/** A run and the status, with such an engine. */
async function ask(executor: string): Promise<Timed> {
  const docker = { host: await muteEngine() };
  await using connection = await openConnection({
    config: { executor, auto: { order: ['docker', 'local'] }, executorOptions: { docker } },
  });
  const startedAtMs = performance.now();
  const answer = await connection.client.call('execute_code', { code: 'print(1)', language: 'python' });
  const status = await connection.client.call('manage_sandbox', { action: 'status' });
  expect(performance.now() - startedAtMs).toBeLessThan(BOUND_MS);
  return { answer, status };
}

const STATUS = {
  executors: [
    { name: 'docker', available: false },
    { name: 'local', available: true },
  ],
};

describe('an engine that says nothing keeps no client waiting', () => {
  test('where it is named', async () => {
    const { answer, status } = await ask('docker');
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toContain('does not answer');
    expect(status.structuredContent).toMatchObject(STATUS);
  });

  test('where there is another executor', async () => {
    const { answer, status } = await ask('auto');
    expect(answer.structuredContent).toMatchObject({ status: 'ok', executor: 'local' });
    expect(textOf(answer)).toMatch(/^passed over: docker: .+ does not answer/u);
    expect(status.structuredContent).toMatchObject(STATUS);
  });
});
