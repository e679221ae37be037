import { describe, expect, test } from 'vitest';
import { runCli } from './support/cli-process.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();

async function runPython(code: string, ...flags: string[]): ReturnType<typeof runCli> {
  plant(directory, 'program.py', code);
  return runCli(['run', ...flags, 'program.py'], { directory });
}

describe('the exit code', () => {
  test.each([0, 1, 3, 42, 124, 255])('is the program’s own: %i', async (code) => {
    const { exitCode, stderr } = await runPython(`import sys; sys.exit(${code})`);
    expect(exitCode).toBe(code);
    expect(stderr).not.toContain('cloche:');
  });

  test('is 128 and the signal’s number where a signal ended the program, and a last line says so', async () => {
    const { exitCode, stderr } = await runPython('import os, signal; os.kill(os.getpid(), signal.SIGSEGV)');
    expect(exitCode).toBe(139);
    expect(stderr).toMatch(/cloche: The program was ended by SIGSEGV\nhint: /u);
  });

  test('is 124 when the time is over; what was printed before is there, and a last line names the limit', async () => {
    const result = await runPython(
      'import time; print("before", flush=True); time.sleep(60)',
      '--timeout',
      '1.5s',
    );
    expect(result).toMatchObject({ exitCode: 124, stdout: 'before\n' });
    expect(result.stderr).toMatch(/^cloche: Execution timed out \(1\.5 s\)$/mu);
    expect(result.stderr).toMatch(/^hint: .*--timeout/mu);
  });

  test('speaks Chinese to people who do', async () => {
    plant(directory, 'program.py', 'import time; time.sleep(60)');
    const result = await runCli(['run', '--timeout', '1s', 'program.py'], {
      directory,
      environment: { LANG: 'zh_CN.UTF-8' },
    });
    expect(result.stderr).toContain('cloche: 执行超时（1秒）\n提示：');
  });

  test('is the compiler’s when it refuses the program, and what it says is on stderr', async () => {
    plant(directory, 'broken.c', 'int main(void) { return undeclared_name; }\n');
    const result = await runCli(['run', 'broken.c'], { directory });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toContain('undeclared_name');
  });

  test('is 1 for TypeScript that is none', async () => {
    plant(directory, 'broken.ts', 'const value: number = ;\n');
    const result = await runCli(['run', 'broken.ts'], { directory });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toContain('broken.ts');
  });

  test('is 137 when the memory is used up', async (context) => {
    const result = await runPython(
      'data = b"x" * (300 * 1024 * 1024)\nprint(len(data))',
      '--memory',
      '64MiB',
      // What lies in scratch space may count as memory as well.
      '--scratch',
      '16MiB',
    );
    context.skip(result.exitCode === 125, 'no memory limit can be enforced on this machine');
    expect(result.exitCode).toBe(137);
    expect(result.stderr).toMatch(/^cloche: Out of memory: the limit is 64 MiB\nhint: .*--memory/mu);
  });

  test('is 125 when the executor is not there', async () => {
    const result = await runPython('print(1)', '--executor', 'locl');
    expect(result).toMatchObject({ exitCode: 125, stdout: '' });
    expect(result.stderr).toContain('"locl"');
    expect(result.stderr).toMatch(/hint: .*local/u);
  });
});

test('arguments arrive unchanged, with and without the dashes before them', async () => {
  plant(directory, 'arguments.py', 'import sys, json; print(json.dumps(sys.argv[1:]))');
  const words = ['plain', 'two words', '', '"quotes"', "it's", '$(id)', 'a\nb', '键', '-5'];
  const result = await runCli(['run', 'arguments.py', ...words, '--', '--timeout', '--', '-x'], {
    directory,
  });
  expect(JSON.parse(result.stdout)).toEqual([...words, '--timeout', '--', '-x']);
});

test('auto says loudly, once, that it has come down to local, and why', async () => {
  plant(directory, 'hello.py', 'print("hello")');
  const result = await runCli(['run', 'hello.py'], { directory, environment: { CLOCHE_EXECUTOR: 'auto' } });
  expect(result).toMatchObject({ exitCode: 0, stdout: 'hello\n' });
  expect(result.stderr.match(/warning: auto ran this on local/gu)).toHaveLength(1);
  expect(result.stderr).toMatch(/docker: .*\nhint: /u);
});

test('without a sandbox a warning says so', async () => {
  const result = await runPython('print(1)', '--sandbox', 'off');
  expect(result).toMatchObject({ exitCode: 0, stdout: '1\n' });
  expect(result.stderr).toContain('cloche: warning: ');
});
