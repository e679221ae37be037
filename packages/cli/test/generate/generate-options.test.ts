import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelReply, ModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/cli-process.ts';
import type { CliResult } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { plant, temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();
const HELLO = 'print("hello")\n';

async function generate(
  words: readonly string[],
  replies: readonly ModelReply[],
  stdin = '',
): Promise<CliResult & { readonly server: ModelServer; readonly prompt: string }> {
  const server = await modelService(replies);
  const result = await runCli(['generate', ...words], {
    directory,
    stdin,
    environment: modelEnvironment(server),
  });
  const { system, messages } = server.calls[0]?.prompt ?? { system: null, messages: [] };
  return { ...result, server, prompt: [system, ...messages.map(({ text }) => text)].join('\n') };
}

describe('cloche generate --no-run', () => {
  test('gives a pipe the program and nothing else, and runs nothing', async () => {
    const marker = path.join(directory, 'ran');
    const program = `open(${JSON.stringify(marker)}, "w")\n`;
    const { exitCode, stdout, stderr } = await generate(
      ['make a file', '--no-run'],
      [answer(program, 'python', 'It makes a file.')],
    );
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: program });
    expect(stderr).toContain('It makes a file.');
    expect(stderr).toContain('cloche: Written, and not run: Python, 1 attempt');
    expect(stderr).not.toContain('open(');
    expect(() => readFileSync(marker)).toThrow('ENOENT');
  });

  test.each([
    [['--tests', 'tests.py'], '--tests'],
    [['--stdin', 'tests.py'], '--stdin'],
    [['--arg', 'x'], '--arg'],
  ])('makes %j pointless, which is said before a model is asked', async (words, option) => {
    plant(directory, 'tests.py', 'pass\n');
    const { exitCode, stderr, server } = await generate(['x', '--no-run', ...words], []);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${option} is pointless with --no-run: nothing is run.`);
    expect(server.requests).toEqual([]);
  });
});

describe('the program', () => {
  test('gets arguments and standard input, and the network it may have', async () => {
    plant(directory, 'rows.txt', '3\n4\n');
    const program = 'import sys\nprint(sys.argv[1:], sum(int(line) for line in sys.stdin))\n';
    const { exitCode, stdout } = await generate(
      ['sum', '--stdin', 'rows.txt', '--arg=-v', '--arg', 'x y'],
      [answer(program)],
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "['-v', 'x y'] 7\n" });
    expect((await generate(['sum', '--stdin', '-', '--arg', '1'], [answer(program)], '5\n6\n')).stdout).toBe(
      "['1'] 11\n",
    );
  });

  test('is in the language that is asked for, by name or by the file that it goes to', async () => {
    const program = 'console.log([1, 2].map((n) => n * 2).join(" "));\n';
    for (const words of [
      ['--language', 'js'],
      ['--output', 'double.mjs'],
    ]) {
      const { exitCode, stdout, stderr, prompt } = await generate(
        ['double', ...words],
        [answer(program, 'js')],
      );
      expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: '2 4\n' });
      expect(prompt).toContain('JavaScript');
      expect(stderr).toContain('It runs: JavaScript');
    }
  });

  test('finds the files of --context, which the model has seen', async () => {
    plant(directory, 'data/prices.csv', 'name,price\ntea,4\nrye,3\n');
    const program =
      'rows = open("prices.csv").read().split()[1:]\nprint(sum(int(r.split(",")[1]) for r in rows))\n';
    const { exitCode, stdout, stderr, prompt } = await generate(
      ['sum the prices', '--context', 'data/prices.csv:prices.csv'],
      [answer(program)],
    );
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: '7\n' });
    expect(prompt).toContain('prices.csv');
    expect(prompt).toContain('rye,3');
  });

  test('is held to a limit that was typed', async () => {
    const { exitCode, stderr } = await generate(
      ['wait', '--timeout', '300ms', '--max-attempts', '1'],
      [answer('import time\ntime.sleep(60)\n')],
    );
    expect(exitCode).toBe(124);
    expect(stderr).toContain(
      'No program that runs well: the program took too long, and all attempts are used up',
    );
  });
});

describe('--tests', () => {
  const TESTS = 'from solution import double\nassert double(4) == 8, "double of 4"\nprint("tests ran")\n';

  test('decide what success is, and stay as they are', async () => {
    plant(directory, 'check.py', TESTS);
    const { exitCode, stdout, stderr, server } = await generate(
      ['a function double(n)', '--tests', 'check.py', '--language', 'python'],
      [answer('def double(n):\n    return n + 2\n'), answer('def double(n):\n    return 2 * n\n')],
    );
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: 'tests ran\n' });
    expect(stderr).toContain('It runs: Python, 2 attempts');
    expect(server.calls[0]?.text).toContain('double of 4');
    expect(readFileSync(path.join(directory, 'check.py'), 'utf8')).toBe(TESTS);
  });

  test.each([
    ['empty.py', '', 'is empty'],
    ['tests.txt', 'x', 'does not say which language'],
    ['binary.py', '\u0000', 'is no text'],
  ])('%s is refused before a model is asked', async (name, content, message) => {
    plant(directory, name, content);
    const { exitCode, stderr, server } = await generate(['x', '--tests', name], []);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(server.requests).toEqual([]);
  });
});

describe('the requirement', () => {
  test.each([[['-']], [[]]])('comes from standard input with %j', async (words) => {
    const { exitCode, stdout, prompt } = await generate(words, [answer(HELLO)], '打印 hello\n');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'hello\n' });
    expect(prompt).toContain('打印 hello');
  });

  test.each([
    [[' '], '', 'The requirement is empty'],
    [['-'], '', 'The requirement is empty'],
    [['-'], 'x'.repeat(300_000), 'larger than the limit of 256 KiB'],
    [['--stdin', '-'], 'x', 'The requirement itself comes from standard input'],
    [['x', '--force'], '', '--force is for --output'],
    [['x', '--language', 'cobol'], '', 'cobol'],
    [['x', '--context', 'absent.csv'], '', 'absent.csv'],
    [['x', '--context', '.'], '', 'directory'],
    [['x', '--max-attempts', '0'], '', '--max-attempts'],
    [['x', '--provider', 'nobody'], '', '--provider'],
    [['x', '--base-url', 'ftp://x'], '', '--base-url'],
    [['x', '--attempts', '3'], '', '--attempts'],
    [['x', 'y'], '', 'argument'],
  ])('%j is a mistake that costs nothing', async (words, stdin, message) => {
    const { exitCode, stdout, stderr, server } = await generate(words, [answer(HELLO)], stdin);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(server.requests).toEqual([]);
  });

  test('--max-attempts is how many programs are written at most', async () => {
    const { exitCode, stderr, server } = await generate(
      ['x', '--max-attempts', '2'],
      ['1', '2', '3'].map((code) => answer(`raise SystemExit(${code})\n`)),
    );
    expect(exitCode).toBe(2);
    expect(server.calls).toHaveLength(2);
    expect(stderr).toContain('Attempt 2 of 2');
  });
});
