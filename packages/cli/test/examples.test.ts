import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT_DIRECTORY } from './documentation/page.ts';
import { prepareShellDirectory, runInShell } from './documentation/run-in-shell.ts';
import { skipWithoutToolchain } from './documentation/skip-without-toolchain.ts';

interface Example {
  readonly command: string;
  readonly stdout: string;
}

const lines = (...texts: readonly string[]): string => `${texts.join('\n')}\n`;

const EXAMPLES: readonly Example[] = [
  {
    command: 'cloche run examples/fibonacci.py',
    stdout: lines(
      'The first 15: 0 1 1 2 3 5 8 13 21 34 55 89 144 233 377',
      '',
      '  n          F(n)   F(n) / F(n - 1)',
      '  5             5   1.666666666667',
      ' 10            55   1.617647058824',
      ' 20          6765   1.618033963167',
      ' 40     102334155   1.618033988750',
      ' 60 1548008755920   1.618033988750',
      '',
      'F(1000) has 209 digits: 434665576869...166849228875',
    ),
  },
  {
    command: 'cloche run examples/queens.py -- 6',
    stdout: lines(
      '4 ways to place 6 queens.',
      'The first of them:',
      '',
      '. Q . . . .',
      '. . . Q . .',
      '. . . . . Q',
      'Q . . . . .',
      '. . Q . . .',
      '. . . . Q .',
    ),
  },
  {
    command: 'cloche run examples/word-count.js --stdin examples/data/brook.txt 3',
    stdout: lines(
      '9 lines, 53 words, 31 of them different',
      '  11  the        ###########',
      '   4  and        ####',
      '   3  brook      ###',
    ),
  },
  {
    command: 'cloche run examples/mandelbrot.js | tail -1',
    stdout: lines('364 of 1728 points did not escape in 200 steps.'),
  },
  {
    command: 'cloche run examples/orders.ts',
    stdout: lines(
      'order 17: 56.98 EUR',
      'order 17: draft -> paid',
      'order 17: paid -> shipped',
      'refused: order 17 cannot go from shipped to cancelled',
    ),
  },
  {
    command: 'cloche run examples/Bank.java',
    stdout: lines(
      'After 0 months',
      '  Ada       2500.00  savings at 3.0 %',
      '  Grace      800.00  checking',
      '  Alan      1200.00  savings at 4.5 %',
      '  total     4500.00',
      'After 12 months',
      '  Ada       2576.04  savings at 3.0 %',
      '  Grace      746.00  checking',
      '  Alan      1255.13  savings at 4.5 %',
      '  total     4577.17',
    ),
  },
  {
    command: 'cloche run examples/pipeline.go',
    stdout: lines(
      '         360 = 2 * 2 * 2 * 3 * 3 * 5',
      '        1001 = 7 * 11 * 13',
      '       65537 = 65537',
      '      999999 = 3 * 3 * 3 * 7 * 11 * 13 * 37',
      '     1234567 = 127 * 9721',
      '600851475143 = 71 * 839 * 1471 * 6857',
      '  2147483647 = 2147483647',
    ),
  },
  {
    command: 'cloche run examples/calculator.rs',
    stdout: lines(
      '     1 + 2 * 3 = 7',
      '   (1 + 2) * 3 = 9',
      ' -(4 - 10) / 4 = 1.5',
      '        2 * (3 ! missing )',
      '   7 / (5 - 5) ! division by zero',
      "         6 x 7 ! did not expect 'x'",
    ),
  },
  {
    command: 'cloche run examples/log-summary.sh --file examples/data/access.log:access.log --out report',
    stdout: lines(
      '10 requests',
      '  status 200    6',
      '  status 304    1',
      '  status 401    2',
      '  status 404    1',
      'Bytes by path',
      '  176428 /photo.jpg',
      '  10240 /index.html',
      '  1840 /style.css',
      '  1364 /login',
      '  190 /missing',
    ),
  },
  {
    command: 'cloche run examples/matrix.c',
    stdout: lines(
      '  2.00 * x1 +   1.00 * x2 +  -1.00 * x3 =   8.00',
      ' -3.00 * x1 +  -1.00 * x2 +   2.00 * x3 = -11.00',
      ' -2.00 * x1 +   1.00 * x2 +   2.00 * x3 =  -3.00',
      'x1 = 2.0000',
      'x2 = 3.0000',
      'x3 = -1.0000',
    ),
  },
  {
    command: 'cloche run examples/shapes.cpp',
    stdout: lines('    circle   7.07', ' rectangle   7.00', '  triangle   6.00', '       all  21.85'),
  },
];

describe('examples', () => {
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-examples-'));
    await prepareShellDirectory(directory);
  });

  afterAll(async () => {
    await rm(directory, { recursive: true });
  });

  // Longer than a test's usual time: the first Go program waits for Go's standard library to be compiled.
  test.for(EXAMPLES)('$command', { timeout: 300_000 }, async ({ command, stdout }, context) => {
    const result = await runInShell(command, directory);
    skipWithoutToolchain(result, context);
    expect(result, result.stderr).toMatchObject({ exitCode: 0, stdout });
  });

  test('what an example writes is kept', async (context) => {
    const command = EXAMPLES.find((example) => example.command.includes('--out report'))?.command ?? '';
    skipWithoutToolchain(await runInShell(command, directory), context);
    expect(await readFile(path.join(directory, 'report/bytes-by-path.txt'), 'utf8')).toContain(
      '176428 /photo.jpg\n',
    );
  });

  test('the table of examples gives the commands that are tested', async () => {
    const page = await readFile(path.join(ROOT_DIRECTORY, 'examples/README.md'), 'utf8');
    const documented = [...page.matchAll(/`(?<command>cloche run [^`]+)`/gu)].map(
      (match) => match.groups?.['command'],
    );
    const file = (command = ''): string => command.split(' ')[2] ?? '';
    expect(documented.map(file)).toEqual(EXAMPLES.map(({ command }) => file(command)));
  });
});
