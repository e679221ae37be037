import type { Runner } from '@cloche/core';
import {
  createExecutorHost,
  createLogger,
  DEFAULT_GENERATOR_CONFIG,
  DEFAULT_RUNNER_CONFIG,
} from '@cloche/core';
import type { ExecutionResult } from '@cloche/core/executor';
import { startExecution } from '@cloche/core/executor';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createMcpService, createServer } from '../../src/index.ts';
import { heapBytesInUse } from '../http/support/heap-bytes-in-use.ts';
import { environment } from '../support/environment.ts';

const MEBIBYTE = 1024 * 1024;
const OUTPUT = Buffer.alloc(2_000, 'x');

/** Of a program that wrote {@link OUTPUT} and ended. */
function resultOf(id: string): ExecutionResult {
  const unsupported = { support: 'unsupported', value: null, mechanism: null } as const;
  const output = { head: OUTPUT, tail: new Uint8Array(0), byteCount: OUTPUT.length, truncated: false };
  return {
    id,
    language: 'python',
    status: 'ok',
    install: null,
    compile: null,
    run: { exitCode: 0, signal: null, stdout: output, stderr: output, durationMs: 1, stoppedBy: null },
    stoppedIn: null,
    limit: null,
    hint: null,
    artifacts: [{ path: 'a.txt', content: OUTPUT, executable: false }],
    omittedArtifacts: [],
    removedFiles: [],
    executor: { name: 'instant', isolation: 'container', passedOver: [] },
    toolchainVersion: null,
    image: null,
    network: 'none',
    enforcement: {
      wall: unsupported,
      memory: unsupported,
      cpu: unsupported,
      processes: unsupported,
      scratch: unsupported,
      openFiles: unsupported,
      output: unsupported,
    },
    warnings: [],
    durationMs: 1,
  };
}

/** Runs that cost nothing, so that thousands of them show what the service itself keeps. */
const instantRunner: Runner = {
  execute: () =>
    startExecution({ id: 'instant', stdin: { kind: 'none' } }, (controller) => {
      controller.emit({ type: 'stdout', phase: 'run', data: OUTPUT });
      return Promise.resolve(resultOf('instant'));
    }),
  openSession: () => {
    throw new Error('nobody asks for a session');
  },
  prepare: () => Promise.resolve(),
  executorNames: () => Promise.resolve([]),
  executor: () => Promise.reject(new Error('There is none.')),
  inspect: () => Promise.resolve([]),
  reap: () => Promise.resolve([]),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

test('2,000 calls leave the memory, the timers and the handles of the first 200', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'cloche-leak-'));
  const host = createExecutorHost({
    environment: { ...environment, CLOCHE_HOME: directory },
    logger: createLogger({ level: 'error' }),
  });
  await using service = createMcpService({
    runner: instantRunner,
    config: { ...DEFAULT_RUNNER_CONFIG, generator: DEFAULT_GENERATOR_CONFIG, locale: 'en' },
    host,
    version: '0.0.0',
    transport: 'stdio',
  });
  const [mine, theirs] = InMemoryTransport.createLinkedPair();
  await createServer(service).connect(theirs);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(mine);
  const call = async (): Promise<void> => {
    await client.callTool({ name: 'execute_code', arguments: { code: '', language: 'python' } });
  };
  for (let count = 0; count < 200; count += 1) await call();
  const before = { bytes: await heapBytesInUse(), resources: process.getActiveResourcesInfo().length };
  for (let count = 0; count < 2_000; count += 1) await call();
  const after = { bytes: await heapBytesInUse(), resources: process.getActiveResourcesInfo().length };
  expect(after.bytes - before.bytes).toBeLessThan(2 * MEBIBYTE);
  expect(after.resources).toBeLessThanOrEqual(before.resources + 2);
  await client.close();
  await rm(directory, { recursive: true, force: true });
});
