import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { cliArgv, cliEnvironment, endOf, runCli, startCli } from './support/cli-process.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();
const allBytes = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);

plant(directory, 'echo.py', 'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())');
plant(
  directory,
  'mirror.py',
  'import sys\nfor line in sys.stdin: print("got", line.strip(), flush=True)\nprint("end")',
);
plant(directory, 'hello.py', 'print("hello")');

describe('output', () => {
  test('goes to the stream that the program chose, byte for byte, and nothing beside it', async () => {
    plant(
      directory,
      'both.py',
      'import sys\nsys.stdout.buffer.write(bytes(range(256)) * 4)\nsys.stderr.buffer.write(b"\\xff\\x00err\\n")',
    );
    const child = startCli(['run', 'both.py'], { directory });
    child.stdin.end();
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const { bytes } = await endOf(child);
    expect(bytes.equals(allBytes)).toBe(true);
    expect(Buffer.concat(stderr)).toEqual(Buffer.from([0xff, 0x00, 0x65, 0x72, 0x72, 0x0a]));
  });

  test('arrives while the program runs', async () => {
    const child = startCli(['run', 'mirror.py'], { directory });
    child.stdin.write('one\n');
    let seen = '';
    while (!seen.includes('one\n')) seen += String(((await once(child.stdout, 'data')) as [Buffer])[0]);
    expect({ seen, exitCode: child.exitCode }).toEqual({ seen: 'got one\n', exitCode: null });
    child.stdin.end('two\n');
    expect((await endOf(child)).stdout).toBe('got two\nend\n');
  });

  test('is whole where it is much more than a result keeps, at the pace of whoever reads it', async () => {
    plant(directory, 'flood.py', 'import sys\nfor i in range(200): sys.stdout.write("x" * 99_999 + "\\n")');
    const child = startCli(['run', '--output', '1KiB', 'flood.py'], { directory });
    child.stdin.end();
    // A reader that begins late loses nothing.
    await new Promise((resolve) => {
      setTimeout(resolve, 1500);
    });
    const { bytes, exitCode } = await endOf(child);
    expect({ exitCode, length: bytes.length }).toEqual({ exitCode: 0, length: 20_000_000 });
  });

  test('ends the program quietly when its reader goes away', async () => {
    plant(directory, 'endless.py', 'while True: print("y" * 1000)');
    const child = startCli(['run', 'endless.py'], { directory });
    child.stdin.end();
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect(exitCode).toBe(141);
    expect(Buffer.concat(stderr).toString()).toBe('');
  });

  test('that leaves its last line open is not followed on that line', async () => {
    plant(
      directory,
      'open.py',
      'import sys, os, signal\nsys.stderr.write("half")\nsys.stderr.flush()\nos.kill(os.getpid(), signal.SIGKILL)',
    );
    const { stderr } = await runCli(['run', 'open.py'], { directory });
    expect(stderr).toMatch(/^half\ncloche: The program was ended by SIGKILL/u);
  });

  test('into nothing at all is no error', async () => {
    const [file, ...argv] = cliArgv(['run', 'hello.py']);
    const words = [file, ...argv].map((word) => `'${word}'`).join(' ');
    const child = spawn('sh', ['-c', `${words} <&- >&- 2>&-`], {
      cwd: directory,
      env: cliEnvironment(directory),
    });
    expect((await once(child, 'close'))[0]).toBe(0);
  });
});

describe('standard input', () => {
  test('that is piped in reaches the program byte for byte', async () => {
    const { bytes } = await runCli(['run', 'echo.py'], { directory, stdin: allBytes });
    expect(bytes.equals(allBytes)).toBe(true);
  });

  test('of any size reaches it: there is no limit on a stream', async () => {
    const stdin = new Uint8Array(5_000_000).fill(0x61);
    const { bytes } = await runCli(['run', '--input-bytes', '1MiB', 'echo.py'], { directory, stdin });
    expect(bytes.length).toBe(stdin.length);
  });

  test('comes from a file with --stdin', async () => {
    plant(directory, 'input.bin', allBytes);
    const { bytes } = await runCli(['run', '--stdin', 'input.bin', 'echo.py'], {
      directory,
      stdin: 'not this',
    });
    expect(bytes.equals(allBytes)).toBe(true);
  });

  test('that nobody closes does not hold up a program that does not read it', async () => {
    const child = startCli(['run', 'hello.py'], { directory });
    expect(await endOf(child)).toMatchObject({ exitCode: 0, stdout: 'hello\n' });
  });

  test('is closed for a program that comes from it', async () => {
    const stdin = 'import sys; print("read", repr(sys.stdin.read()))';
    const result = await runCli(['run', '-', '--language', 'python'], { directory, stdin });
    expect(result).toMatchObject({ exitCode: 0, stdout: "read ''\n" });
  });

  test('of a program that comes from it can be a file', async () => {
    plant(directory, 'input.txt', 'from a file');
    const stdin = '#!/usr/bin/env python3\nprint(input())';
    const result = await runCli(['run', '-', '--stdin', 'input.txt'], { directory, stdin });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'from a file\n' });
  });
});
