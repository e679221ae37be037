import { execFile as execFileWithCallback } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { endOf, startCli } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { processesWith, skipWithoutProc } from '../support/processes-with.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { containersOf, ENGINE_ENVIRONMENT, engineProblem } from '../support/test-engine.ts';

const execFile = promisify(execFileWithCallback);
const NO_SERVICE = {
  CLOCHE_GENERATOR_BASE_URL: 'http://127.0.0.1:9/v1',
  CLOCHE_GENERATOR_MODEL: 'test-model',
};
const directory = temporaryDirectory();
const problem = await engineProblem();
const MARKER = `cloche-generate-${process.pid}`;
const STUBBORN = `import os, signal, subprocess, sys, time
for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(name, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "${MARKER}"], start_new_session=True)
print("ready", flush=True)
while True: time.sleep(1)
`;

async function untilOn(stream: NodeJS.ReadableStream, text: string): Promise<void> {
  let shown = '';
  while (!shown.includes(text)) shown += String(((await once(stream, 'data')) as [Buffer])[0]);
}

describe('Ctrl-C', () => {
  beforeEach(skipWithoutProc);

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('in the model’s answer (%s) ends it, and nothing runs', async (signal, code) => {
    const ran = `ran-${signal}`;
    const server = await modelService([
      { text: answer(`open("${ran}", "w")\n${'# more\n'.repeat(200)}`), pieceDelayMs: 50 },
    ]);
    const child = startCli(['generate', 'x', '-o', 'kept.py'], {
      directory,
      environment: modelEnvironment(server),
    });
    await untilOn(child.stderr, ran);
    const pressedAtMs = performance.now();
    child.kill(signal);
    const { exitCode, stdout, stderr } = await endOf(child);
    expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
    expect(performance.now() - pressedAtMs).toBeLessThan(3000);
    expect(stderr).toMatch(/^cloche: Cancelled$/mu);
    expect(stderr).not.toContain('Running');
    expect(readdirSync(directory)).not.toContain('kept.py');
    await vi.waitFor(() => {
      expect(server.calls.map(({ isAborted }) => isAborted)).toEqual([true]);
    });
  });

  test('before the model’s first word ends the wait', async () => {
    const server = await modelService([{ instead: 'silence' }]);
    const child = startCli(['generate', 'x'], { directory, environment: modelEnvironment(server) });
    await vi.waitFor(() => expect(server.calls).toHaveLength(1), 10_000);
    child.kill('SIGINT');
    const { exitCode, stderr } = await endOf(child);
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'cloche: Cancelled\n' });
  });

  test('a second time ends even the wait for a pipe that nobody writes to', async () => {
    const pipe = path.join(directory, 'pipe.csv');
    await execFile('mkfifo', [pipe]);
    const child = startCli(['generate', 'x', '-c', 'pipe.csv'], { directory, environment: NO_SERVICE });
    // Nothing tells from outside that it waits.
    await delay(2000);
    child.kill('SIGINT');
    await delay(300);
    child.kill('SIGINT');
    const killing = setTimeout(() => child.kill('SIGKILL'), 5000);
    const { exitCode, signal } = await endOf(child);
    clearTimeout(killing);
    expect([130, 'SIGINT']).toContain(exitCode ?? signal);
  });

  test('in the run ends the whole process tree, and no further program is asked for', async () => {
    const server = await modelService([answer(STUBBORN)]);
    const child = startCli(['generate', 'x', '--max-attempts', '1'], {
      directory,
      environment: modelEnvironment(server),
    });
    await untilOn(child.stdout, 'ready');
    child.kill('SIGINT');
    const { exitCode, stderr } = await endOf(child);
    expect({ exitCode, left: processesWith(MARKER) }, stderr).toEqual({ exitCode: 130, left: [] });
    expect(stderr).toMatch(/^cloche: Cancelled$/mu);
    expect(server.calls).toHaveLength(1);
  });

  test('in a run with attempts left is no failure to repair', async () => {
    const server = await modelService([answer(STUBBORN)]);
    const child = startCli(['generate', 'x'], { directory, environment: modelEnvironment(server) });
    child.stdin.end();
    await vi.waitFor(() => expect(processesWith(MARKER)).not.toEqual([]), { timeout: 15_000, interval: 50 });
    child.kill('SIGINT');
    const { exitCode, stdout } = await endOf(child);
    expect({ exitCode, stdout, left: processesWith(MARKER) }).toEqual({
      exitCode: 130,
      stdout: '',
      left: [],
    });
    expect(server.calls).toHaveLength(1);
  });

  test('in a container leaves no container', async (context) => {
    context.skip(problem !== null, problem ?? '');
    const server = await modelService([answer(STUBBORN)]);
    const child = startCli(['generate', 'x', '--max-attempts', '1'], {
      directory,
      environment: modelEnvironment(server, { ...ENGINE_ENVIRONMENT, CLOCHE_EXECUTOR: 'docker' }),
    });
    await untilOn(child.stdout, 'ready');
    const own = await containersOf(child.pid ?? 0);
    expect(own.length).toBeGreaterThan(0);
    child.kill('SIGINT');
    expect((await endOf(child)).exitCode).toBe(130);
    expect(await containersOf(child.pid ?? 0)).toEqual([]);
    expect(processesWith(MARKER)).toEqual([]);
  });
});

test('a reader of the output that goes away ends the run, without a word about it', async () => {
  const server = await modelService([answer('while True: print("more")\n')]);
  const child = startCli(['generate', 'x', '--max-attempts', '1'], {
    directory,
    environment: modelEnvironment(server),
  });
  child.stdin.end();
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [exitCode] = (await once(child, 'close')) as [number | null];
  expect(exitCode).toBe(141);
  expect(told).toBe('while True: print("more")\ncloche: Running main.py (Python)\n');
});
