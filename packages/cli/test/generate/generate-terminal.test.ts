import { stripVTControlCharacters } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { onTerminal, skipWithoutTerminal, terminalEndOf, untilShown } from '../support/terminal.ts';

const directory = temporaryDirectory();
const CTRL_C = '\u0003';
const PROGRAM = 'def main():\n    print("green")  # said\n\n\nmain()\n';
const COLOUR = '\u001B[';

describe('cloche generate at a terminal', () => {
  beforeEach(skipWithoutTerminal);

  test('colours the code, says what it waits for, and shows what the program prints', async () => {
    const server = await modelService([{ text: answer(PROGRAM), pieceLength: 3, delayMs: 1_500 }]);
    const child = onTerminal(['generate', 'say green', '-l', 'python'], {
      directory,
      environment: modelEnvironment(server),
    });
    const { exitCode, shown } = await terminalEndOf(child);
    expect(exitCode).toBe(0);
    expect(shown).toContain(`Waiting for ${new URL(server.url).host}, test-model …`);
    expect(shown).toContain(`${COLOUR}35mdef${COLOUR}39m main`);
    expect(shown).toContain(`print(${COLOUR}32m"`);
    const plain = stripVTControlCharacters(shown).replaceAll('\r\n', '\n');
    expect(plain).toContain(`${PROGRAM}cloche: Running main.py (Python)\ngreen\ncloche: It runs: Python`);
  });

  test('shows failing programs as they run, since a person reads all of it', async () => {
    const server = await modelService([
      answer('print("first")\nraise SystemExit(1)\n'),
      answer('print("second")\n'),
    ]);
    const { exitCode, shown } = await terminalEndOf(
      onTerminal(['generate', 'x'], { directory, environment: modelEnvironment(server) }),
    );
    expect(exitCode).toBe(0);
    const plain = stripVTControlCharacters(shown);
    const order = ['first\r', 'Attempt 2 of 3', 'second\r', 'It runs'].map((text) => plain.indexOf(text));
    expect(order.every((at) => at >= 0)).toBe(true);
    expect(order).toEqual(order.toSorted((left, right) => left - right));
  });

  test('shows code that would steer the terminal as what it is', async () => {
    const server = await modelService([answer('print("\u001B]0;owned\u0007\u001B[2J")\n')]);
    const { shown } = await terminalEndOf(
      onTerminal(['generate', 'x', '--no-run'], { directory, environment: modelEnvironment(server) }),
    );
    expect(stripVTControlCharacters(shown)).toContain('print("\\u{1b}]0;owned\\u{7}\\u{1b}[2J")');
    expect(shown).not.toContain('\u001B[2J');
    expect(shown).not.toContain('\u001B]0;');
  });

  test('is without colours for whoever wants none', async () => {
    const server = await modelService([answer(PROGRAM)]);
    const { exitCode, shown } = await terminalEndOf(
      onTerminal(['generate', 'x'], { directory, environment: modelEnvironment(server, { NO_COLOR: '1' }) }),
    );
    expect(exitCode).toBe(0);
    expect(shown.replaceAll('\r\u001B[K', '')).not.toContain(COLOUR);
  });

  test('Ctrl-C ends it in the middle of a line, and the last word stands on its own', async () => {
    const server = await modelService([{ text: ['```python\nprint("on', 'e")\n```'], pieceDelayMs: 60_000 }]);
    server.setFallback('no');
    const child = onTerminal(['generate', 'x'], { directory, environment: modelEnvironment(server) });
    await untilShown(child, 'Waiting');
    child.stdin.write(CTRL_C);
    const { exitCode, shown } = await terminalEndOf(child);
    expect(exitCode).toBe(130);
    expect(stripVTControlCharacters(shown)).toMatch(/(?:^|\n|\r)cloche: Cancelled\r?\n/u);
  });
});

test('nobody who reads it through pipes sees colours or a progress line', async () => {
  const server = await modelService([{ text: answer(PROGRAM), delayMs: 200 }]);
  const { stdout, stderr } = await runCli(['generate', 'x', '--lang', 'zh'], {
    directory,
    environment: modelEnvironment(server),
  });
  expect(stdout).toBe('green\n');
  expect(stderr).not.toContain('\u001B');
  expect(stderr).toBe(
    `${PROGRAM}cloche: 正在运行 main.py (Python)\ncloche: 运行成功：Python，1 次尝试，test-model，输入 10 令牌，输出 20 令牌。\n`,
  );
});
