import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { endOf } from '../support/cli-process.ts';
import { daytonaEndToEnd } from '../support/daytona-end-to-end.ts';
import { plant } from '../support/temporary-directory.ts';

const daytona = daytonaEndToEnd({ hiddenPrograms: ['rustc'] });
const { directory, cloche } = daytona;

plant(
  directory,
  'seven.py',
  'import sys\nprint(sys.argv[1:], sys.stdin.read())\nprint("seen", file=sys.stderr)\nsys.exit(7)\n',
);
plant(directory, 'slow.py', 'import time\nprint("first", flush=True)\ntime.sleep(60)\nprint("never")\n');
plant(directory, 'two.py', 'import time\nprint("first", flush=True)\ntime.sleep(1.5)\nprint("last")\n');
plant(directory, 'broken.c', 'int main(void) { return nothing; }\n');

describe('the executor', () => {
  test('is added from its package, with the SDK, and listed', async () => {
    expect(daytona.added).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Added daytona \(@cloche\/executor-daytona [\d.]+\)\./u),
      stderr: '',
    });
    const { stdout } = await cloche(['executors', 'list']);
    expect(stdout).toMatch(/^daytona +[\d.]+ +@cloche\/executor-daytona$/mu);
  });
});

describe('cloche run in a Daytona sandbox', () => {
  test.each([
    ['fibonacci.py', /^F\(1000\) has 209 digits: 434665576869\.\.\.166849228875$/mu],
    ['mandelbrot.js', /^364 of 1728 points did not escape in 200 steps\.$/mu],
    ['orders.ts', /^refused: order 17 cannot go from shipped to cancelled$/mu],
    ['matrix.c', /^x1 = 2\.0000\nx2 = 3\.0000\nx3 = -1\.0000$/mu],
  ])('runs examples/%s', async (name, output) => {
    const { exitCode, stdout, stderr } = await cloche(['run', `examples/${name}`]);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: expect.stringMatching(output) });
  });

  test('hands over files and arguments, and keeps what the program writes', async () => {
    const files = ['--file', 'examples/data/access.log:access.log', '--out', 'report'];
    const { exitCode, stdout, stderr } = await cloche(['run', 'examples/log-summary.sh', ...files]);
    expect({ exitCode, first: stdout.split('\n')[0] }).toEqual({ exitCode: 0, first: '10 requests' });
    expect(stderr).toContain('skipped: this line is not part of the format\n');
    const report = readFileSync(path.join(directory, 'report/bytes-by-path.txt'), 'utf8');
    expect(report).toContain('176428 /photo.jpg\n');
  });

  test('hands over input through a pipe, and gives back both streams and the exit code', async () => {
    const { exitCode, stdout, stderr } = await cloche(['run', 'seven.py', 'a', 'b c'], { stdin: '你好' });
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "['a', 'b c'] 你好\n" });
    expect(stderr).toMatch(/^seen$/mu);
  });

  test('shows what a compiler says, and its failure', async () => {
    const { exitCode, stdout, stderr } = await cloche(['run', 'broken.c']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/broken\.c:1:.*nothing/u);
  });

  test('gives everything as JSON', async () => {
    const { exitCode, stdout } = await cloche(['run', '--json', 'seven.py'], { stdin: 'in' });
    expect(exitCode).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'runtime_error',
      run: { exitCode: 7, stdout: { text: '[] in\n' }, stderr: { text: 'seen\n' } },
      executor: { name: 'daytona', isolation: 'container', passedOver: [] },
      network: 'none',
      toolchainVersion: expect.stringMatching(/^3\./u),
      warnings: [],
    });
  });

  test('shows output while the program runs', async () => {
    const child = daytona.start(['run', 'two.py']);
    child.stdin.end();
    const ending = endOf(child);
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    const firstAtMs = performance.now();
    expect(first.toString()).toBe('first\n');
    expect(await ending).toMatchObject({ exitCode: 0, stdout: 'first\nlast\n' });
    expect(performance.now() - firstAtMs).toBeGreaterThan(1000);
  });

  test.each([
    ['en', 'cloche: Execution timed out (1 s)\nhint: ', '--executor'],
    ['zh', 'cloche: 执行超时（1秒）\n提示：', '--timeout'],
  ])('says in %s that the time is over, after what was written', async (locale, message) => {
    const { exitCode, stdout, stderr } = await cloche([
      'run',
      '--timeout',
      '1s',
      '--lang',
      locale,
      'slow.py',
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 124, stdout: 'first\n' });
    expect(stderr).toContain(message);
  });

  test.each([
    ['en', 'cloche: The executor daytona cannot run Rust: Rust needs rustc,'],
    ['zh', 'rustc'],
  ])('says in %s, before anything runs, how to get a toolchain that is missing', async (locale, message) => {
    const { exitCode, stdout, stderr } = await cloche(['run', '--lang', locale, 'examples/calculator.rs']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('cloche daytona snapshot create');
  });

  test('has left no sandbox, and has connected to nothing but the server', () => {
    expect(daytona.server.sandboxes()).toEqual([]);
    expect([...new Set(daytona.connected())]).toEqual([new URL(daytona.server.apiUrl).host]);
  });
});
