import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { cliArgv, cliEnvironment } from './support/cli-process.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

plant(directory, 'ask.py', 'name = input("name? ")\nprint("hello", name)\n');
plant(directory, 'wait.py', 'import time\nprint("ready", flush=True)\ntime.sleep(600)\n');
plant(directory, 'all.py', 'import sys\nprint(len(sys.stdin.read()))\n');

/** Runs the command on a terminal of its own; what is written to stdin is typed there. */
function onTerminal(words: readonly string[]): ChildProcessWithoutNullStreams {
  const command = cliArgv(words)
    .map((word) => `'${word}'`)
    .join(' ');
  return spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: directory,
    env: { ...cliEnvironment(directory), SHELL: '/bin/sh', TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

async function untilShown(child: ChildProcessWithoutNullStreams, text: string): Promise<string> {
  let shown = '';
  while (!shown.includes(text)) shown += String(((await once(child.stdout, 'data')) as [Buffer])[0]);
  return shown;
}

async function endOf(
  child: ChildProcessWithoutNullStreams,
): Promise<{ exitCode: number | null; shown: string }> {
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, shown };
}

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).error === undefined;

describe('at a terminal', () => {
  test.skipIf(!hasScript)('a person answers what the program asks', async () => {
    const child = onTerminal(['run', 'ask.py']);
    await untilShown(child, 'name? ');
    child.stdin.write('Ada\n');
    const { exitCode, shown } = await endOf(child);
    expect(exitCode).toBe(0);
    expect(shown).toContain('hello Ada');
  });

  test.skipIf(!hasScript)('Ctrl-D ends the input', async () => {
    const child = onTerminal(['run', 'all.py']);
    setTimeout(() => child.stdin.write(`four\n${CTRL_D}`), 800);
    const { exitCode, shown } = await endOf(child);
    expect(exitCode).toBe(0);
    expect(shown).toMatch(/^5\r?$/mu);
  });

  test.skipIf(!hasScript)('Ctrl-C ends the program, and the terminal is as it was', async () => {
    const child = onTerminal(['run', 'wait.py']);
    await untilShown(child, 'ready');
    child.stdin.write(CTRL_C);
    const { exitCode, shown } = await endOf(child);
    expect(exitCode).toBe(130);
    expect(shown).toContain('Cancelled');
  });

  test.skipIf(!hasScript)('a program does not wait for a person who types nothing', async () => {
    plant(directory, 'hello.py', 'print("hello")');
    const { exitCode, shown } = await endOf(onTerminal(['run', 'hello.py']));
    expect({ exitCode, shown: shown.trim() }).toEqual({ exitCode: 0, shown: 'hello' });
  });
});
