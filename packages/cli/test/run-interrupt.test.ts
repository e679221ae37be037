import { once } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { endOf, startCli } from './support/cli-process.ts';
import { processesWith, skipWithoutProc } from './support/processes-with.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();

/** Ignores every polite signal, and starts a grandchild in a session of its own that does too. */
const STUBBORN = (marker: string): string => `
import os, signal, subprocess, sys, time
for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(name, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "${marker}"], start_new_session=True)
print("ready", flush=True)
while True: time.sleep(1)
`;

describe('a signal', () => {
  beforeEach(skipWithoutProc);

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends the whole process tree and this command with %i', async (signal, code) => {
    const marker = `cloche-test-${process.pid}-${signal}`;
    plant(directory, `${signal}.py`, STUBBORN(marker));
    const child = startCli(['run', `${signal}.py`], { directory });
    await once(child.stdout, 'data');
    child.kill(signal);
    const { exitCode, stderr } = await endOf(child);
    expect({ exitCode, left: processesWith(marker) }).toEqual({ exitCode: code, left: [] });
    expect(stderr).toContain('cloche: Cancelled');
  });

  test('that comes a second time ends this command at once', async () => {
    plant(directory, 'twice.py', STUBBORN(`cloche-test-${process.pid}-twice`));
    const child = startCli(['run', 'twice.py'], { directory });
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGINT'), 250);
    const { exitCode, signal } = await endOf(child);
    clearTimeout(timer);
    expect([130, 'SIGINT']).toContain(exitCode ?? signal);
  });

  test('before the program has started leaves nothing running either', async () => {
    plant(directory, 'hello.py', 'print("hello")');
    const child = startCli(['run', 'hello.py'], { directory });
    const timer = setTimeout(() => child.kill('SIGINT'), 120);
    const { exitCode, signal } = await endOf(child);
    clearTimeout(timer);
    expect(exitCode === 130 || exitCode === 0 || signal === 'SIGINT').toBe(true);
  });
});
