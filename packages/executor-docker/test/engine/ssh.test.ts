import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EngineSearch } from '../../src/engine/open-engine.ts';
import { openEngine } from '../../src/engine/open-engine.ts';
import { createTestHost, NODE_PATH } from './create-test-host.ts';
import { readFrames } from './read-frames.ts';
import { containerDefinition, removeTestContainers, uniqueName } from './test-container.ts';
import { findTestEngine, socketOf } from './find-test-engine.ts';
import type { TestEngine } from './find-test-engine.ts';

/** Stands for `ssh HOST docker system dial-stdio`: says what it was asked for, and leads to the engine of this machine. */
const FAKE_SSH = `#!/usr/bin/env node
const fs = require('node:fs');
fs.appendFileSync(process.env.FAKE_SSH_LOG, JSON.stringify({ pid: process.pid, argv: process.argv.slice(2) }) + '\\n');
if (process.env.FAKE_SSH_ERROR) {
  process.stderr.write('debug1: trying\\n' + process.env.FAKE_SSH_ERROR + '\\n');
  process.exit(255);
}
const socket = require('node:net').connect({ path: process.env.FAKE_SSH_SOCKET, allowHalfOpen: true });
process.stdin.pipe(socket);
socket.pipe(process.stdout);
socket.on('close', () => process.exit(0));
`;

describe('an engine behind ssh', () => {
  let testEngine: TestEngine;
  let directory: string;

  beforeAll(async () => {
    testEngine = await findTestEngine();
  });

  afterAll(async () => {
    if (testEngine.engine !== null) await removeTestContainers(testEngine.engine);
    testEngine.engine?.close();
  });

  beforeEach(async (context) => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-ssh-'));
    await writeFile(path.join(directory, 'ssh'), FAKE_SSH, { mode: 0o755 });
    if (testEngine.engine === null) context.skip(testEngine.reason);
  });

  afterEach(() => rm(directory, { recursive: true }));

  function open(address: string, environment: Record<string, string> = {}): Promise<EngineSearch> {
    const socket = testEngine.engine === null ? null : socketOf(testEngine.engine);
    return openEngine(
      createTestHost({
        HOME: directory,
        PATH: `${directory}:${NODE_PATH}`,
        DOCKER_HOST: address,
        FAKE_SSH_LOG: path.join(directory, 'log'),
        FAKE_SSH_SOCKET: socket ?? '',
        ...environment,
      }),
      null,
    );
  }

  async function found(address: string): Promise<EngineSearch & { found: true }> {
    const search = await open(address);
    if (!search.found) throw new Error(search.unavailability.reason.en);
    return search;
  }

  async function started(): Promise<{ pid: number; argv: string[] }[]> {
    const log = await readFile(path.join(directory, 'log'), 'utf8');
    return log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { pid: number; argv: string[] });
  }

  test('is asked through the program, whose processes end with the engine’s connections', async () => {
    const { engine, identity } = await found('ssh://me@build:2222/run/engine.sock');
    expect(identity.version).toBe(testEngine.search?.identity.version);
    const processes = await started();
    const options = '-o BatchMode=yes -o ConnectTimeout=15 -T -l me -p 2222 -- build';
    const command = 'docker --host unix:///run/engine.sock system dial-stdio';
    expect(processes[0]?.argv.join(' ')).toBe(`${options} ${command}`);
    expect(processes.every(({ pid }) => isAlive(pid))).toBe(true);
    engine.close();
    await expect.poll(() => processes.some(({ pid }) => isAlive(pid))).toBe(false);
  });

  test('keeps a connection for the next call', async () => {
    const { engine } = await found('ssh://build');
    const before = await started();
    await engine.images.find('cloche-no-such-image:1');
    await engine.containers.list(['no.such.label']);
    expect(await started()).toEqual(before);
    engine.close();
  });

  test('is reached again after its processes have ended', async () => {
    const { engine } = await found('ssh://build');
    const processes = await started();
    for (const { pid } of processes) process.kill(pid, 'SIGTERM');
    await expect.poll(() => processes.some(({ pid }) => isAlive(pid))).toBe(false);
    await sleep(20);
    expect((await engine.identify()).version).toBe(testEngine.search?.identity.version);
    engine.close();
  });

  test('attaches to a container, both ways and to the end of input', async () => {
    const { engine } = await found('ssh://build');
    const id = await engine.containers.create(
      uniqueName(),
      containerDefinition(['sh', '-c', 'cat; echo end']),
    );
    const stream = await engine.containers.attach(id);
    await engine.containers.start(id);
    stream.end(Buffer.alloc(300_000, 'x'));
    expect(await readFrames(stream)).toEqual({ stdout: `${'x'.repeat(300_000)}end\n`, stderr: '' });
    await engine.containers.remove(id);
    engine.close();
  });

  test('is told with the last words of ssh where it cannot be reached', async () => {
    const error = 'me@build: Permission denied (publickey).';
    const search = await open('ssh://me@build', { FAKE_SSH_ERROR: error });
    expect(search).toMatchObject({
      found: false,
      unavailability: { code: 'ERR_EXECUTOR_UNAVAILABLE', fix: ['ssh me@build docker version'] },
    });
    const reason = search.found ? '' : search.unavailability.reason.en;
    expect(reason).toContain(`which DOCKER_HOST names, cannot be reached through ssh: ${error}`);
    expect(reason).not.toContain('debug1');
  });

  test('is told where there is no ssh', async () => {
    const search = await open('ssh://build', { PATH: '/nowhere' });
    expect(search.found ? '' : search.unavailability.reason.en).toContain(
      'there is no program `ssh` on PATH',
    );
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
