import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { processesWith, until } from '../support/processes.ts';
import { containersOf, engineProblem, TEST_IMAGE } from '../support/test-engine.ts';
import type { PackedServer } from './support/packed-server.ts';
import { packServer } from './support/packed-server.ts';
import type { RunningProgram } from './support/running-program.ts';
import { START_PROGRAM } from './support/running-program.ts';

const ENDING_MS = 5_000;

const EXECUTORS = [
  { executor: 'local', problem: process.platform === 'linux' ? null : 'processes are looked for in /proc' },
  { executor: 'docker', problem: await engineProblem() },
] as const;

type End = (program: RunningProgram) => void;

const bySignal =
  (signal: NodeJS.Signals): End =>
  ({ started }) =>
    void started.child.kill(signal);

const ENDINGS: readonly (readonly [transport: 'stdio' | 'HTTP', what: string, end: End])[] = [
  ['stdio', 'standard input ends', ({ started }) => void started.child.stdin.end()],
  ['stdio', 'its client vanishes', (program) => program.vanish()],
  ['stdio', 'SIGTERM comes', bySignal('SIGTERM')],
  ['stdio', 'SIGINT comes', bySignal('SIGINT')],
  ['HTTP', 'SIGTERM comes', bySignal('SIGTERM')],
  ['HTTP', 'SIGINT comes', bySignal('SIGINT')],
];

let server: PackedServer;

beforeAll(() => {
  server = packServer();
}, 120_000);

afterAll(() => server[Symbol.dispose]());

/** Everything below its state that is of one server or one run. */
async function stateFiles(): Promise<readonly string[]> {
  const state = path.join(server.directory, 'cloche/state');
  const names = await readdir(state, { recursive: true });
  return names.filter((name) => name.includes(path.sep));
}

describe.each(EXECUTORS)('a program on the executor $executor', ({ executor, problem }) => {
  beforeEach((context) => context.skip(problem !== null, problem ?? ''));

  const environment = { CLOCHE_EXECUTOR: executor, CLOCHE_DOCKER_IMAGE: TEST_IMAGE };

  test.each(ENDINGS)('over %s ends with the server when %s', async (transport, what, end) => {
    const mark = `end-${executor}-${transport}-${what.replaceAll(' ', '-')}`;
    const program = await START_PROGRAM[transport](server, { mark, environment });
    const { child } = program.started;
    const closed = once(child, 'close');
    await until(async () => (await processesWith(mark)).length >= 2, 20_000);
    await until(async () => (await stateFiles()).some((name) => name.startsWith('mcp-server')));
    const pid = child.pid ?? 0;
    expect(await containersOf(pid)).toHaveLength(executor === 'docker' ? 1 : 0);
    const startedAtMs = performance.now();
    end(program);
    expect(await closed).toEqual([0, null]);
    expect(performance.now() - startedAtMs).toBeLessThan(ENDING_MS);
    expect(await processesWith(mark)).toEqual([]);
    expect(await containersOf(pid)).toEqual([]);
    expect(await stateFiles()).toEqual([]);
  });

  test('over HTTP ends without the server when its client vanishes', async () => {
    const mark = `end-${executor}-without`;
    const program = await START_PROGRAM.HTTP(server, { mark, environment });
    const { child, ended } = program.started;
    await until(async () => (await processesWith(mark)).length >= 2, 20_000);
    program.vanish();
    await until(async () => (await processesWith(mark)).length === 0, ENDING_MS);
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exitCode: 0 });
    expect(await containersOf(child.pid)).toEqual([]);
    expect(await stateFiles()).toEqual([]);
  });
});
