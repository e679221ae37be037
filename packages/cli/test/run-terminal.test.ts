import { beforeEach, describe, expect, test } from 'vitest';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';
import { onTerminal, skipWithoutTerminal, terminalEndOf, untilShown } from './support/terminal.ts';

const directory = temporaryDirectory();
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

plant(directory, 'ask.py', 'name = input("name? ")\nprint("hello", name)\n');
plant(directory, 'wait.py', 'import time\nprint("ready", flush=True)\ntime.sleep(600)\n');
plant(directory, 'all.py', 'import sys\nprint(len(sys.stdin.read()))\n');

describe('at a terminal', () => {
  beforeEach(skipWithoutTerminal);

  test('a person answers what the program asks', async () => {
    const child = onTerminal(['run', 'ask.py'], { directory });
    await untilShown(child, 'name? ');
    child.stdin.write('Ada\n');
    const { exitCode, shown } = await terminalEndOf(child);
    expect(exitCode).toBe(0);
    expect(shown).toContain('hello Ada');
  });

  test('Ctrl-D ends the input', async () => {
    const child = onTerminal(['run', 'all.py'], { directory });
    setTimeout(() => child.stdin.write(`four\n${CTRL_D}`), 800);
    const { exitCode, shown } = await terminalEndOf(child);
    expect(exitCode).toBe(0);
    expect(shown).toMatch(/^5\r?$/mu);
  });

  test('Ctrl-C ends the program, and the terminal is as it was', async () => {
    const child = onTerminal(['run', 'wait.py'], { directory });
    await untilShown(child, 'ready');
    child.stdin.write(CTRL_C);
    const { exitCode, shown } = await terminalEndOf(child);
    expect(exitCode).toBe(130);
    expect(shown).toContain('Cancelled');
  });

  test('a program does not wait for a person who types nothing', async () => {
    plant(directory, 'hello.py', 'print("hello")');
    const { exitCode, shown } = await terminalEndOf(onTerminal(['run', 'hello.py'], { directory }));
    expect({ exitCode, shown: shown.trim() }).toEqual({ exitCode: 0, shown: 'hello' });
  });
});
