import { describe, expect, test } from 'vitest';
import { runCli } from './support/cli-process.ts';
import { plant, temporaryDirectory } from './support/temporary-directory.ts';

const directory = temporaryDirectory();

const WRITER = `
import sys
sys.stdout.write("é")
sys.stdout.buffer.write(b"\\n")
sys.stderr.buffer.write(b"\\xff\\xfe")
open("made.txt", "w").write("content")
sys.exit(3)
`;
plant(directory, 'writer.py', WRITER);

describe('--json', () => {
  test('prints the result as one object with the names of the contract', async () => {
    const { exitCode, stdout, stderr } = await runCli(['run', '--json', 'writer.py'], { directory });
    expect(exitCode).toBe(3);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      language: 'python',
      status: 'runtime_error',
      install: null,
      compile: null,
      run: {
        exitCode: 3,
        signal: null,
        stoppedBy: null,
        stdout: { text: 'é\n', base64: null, byteCount: 3, truncated: false },
        stderr: { text: '\uFFFD\uFFFD', base64: { head: '//4=', tail: '' }, byteCount: 2, truncated: false },
      },
      stoppedIn: null,
      limit: null,
      artifacts: [{ path: 'made.txt', executable: false, byteCount: 7, content: 'Y29udGVudA==' }],
      omittedArtifacts: [],
      removedFiles: [],
      executor: { name: 'local', passedOver: [] },
      enforcement: { wall: { support: 'enforced', value: 120_000 } },
    });
  });

  test('does not change with the language', async () => {
    plant(directory, 'slow.py', 'import time; time.sleep(60)');
    const { exitCode, stdout } = await runCli(
      ['run', '--json', '--timeout', '1s', '--lang', 'zh', 'slow.py'],
      {
        directory,
      },
    );
    const result = JSON.parse(stdout) as { hint: string };
    expect(exitCode).toBe(124);
    expect(result).toMatchObject({ status: 'timeout', stoppedIn: 'run', run: { stoppedBy: 'timeout' } });
    expect(result.hint).toContain('--timeout');
  });

  test('leaves the content of artifacts out when it is written to a directory', async () => {
    const { stdout } = await runCli(['run', '--json', '--out', 'kept', 'writer.py'], { directory });
    const [artifact] = (JSON.parse(stdout) as { artifacts: unknown[] }).artifacts;
    expect(artifact).toEqual({ path: 'made.txt', executable: false, byteCount: 7 });
  });

  test('cuts a flood in the middle and says so', async () => {
    plant(directory, 'flood.py', 'print("é" * 100_000)');
    const { stdout } = await runCli(['run', '--json', '--output', '101', 'flood.py'], { directory });
    const { run } = JSON.parse(stdout) as { run: { stdout: Record<string, unknown> } };
    expect(run.stdout).toMatchObject({ base64: null, byteCount: 200_001, truncated: true });
    expect(run.stdout['text']).toMatch(/^é+\n\[\.\.\. \d+ bytes left out \.\.\.\]\né+\n$/u);
  });

  test('prints an error as an object too', async () => {
    const { exitCode, stdout, stderr } = await runCli(['run', '--json', 'absent.py'], { directory });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'ERR_REQUEST_INVALID',
        message: 'Cannot read absent.py: it does not exist.',
        retryable: false,
      },
    });
    expect(stderr).toContain('absent.py');
  });
});

describe('--events', () => {
  const lines = (stdout: string): Record<string, unknown>[] =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('prints a line for everything that happens, the result last', async () => {
    const { exitCode, stdout } = await runCli(['run', '--events', 'writer.py'], { directory });
    expect(exitCode).toBe(3);
    const events = lines(stdout);
    expect(events).toContainEqual({ type: 'stage', stage: 'run', state: 'started' });
    const output = events.filter(({ type }) => type === 'stdout');
    expect(output.map(({ phase, text, base64 }) => [phase, text, base64]).join('|')).toMatch(/^run,é\n?,/u);
    expect(events).toContainEqual({
      type: 'artifact',
      artifact: { path: 'made.txt', executable: false, byteCount: 7, content: 'Y29udGVudA==' },
    });
    expect(events.filter(({ type }) => type === 'result')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'result', result: { status: 'runtime_error' } });
  });

  test('never cuts through a character, and loses no byte', async () => {
    const code =
      'import sys, time\nfor byte in "héllo 世界 🎉".encode():\n  sys.stdout.buffer.write(bytes([byte])); sys.stdout.flush(); time.sleep(0.01)\nsys.stdout.buffer.write(b"\\xe4\\xb8")';
    plant(directory, 'bytes.py', code);
    const { stdout } = await runCli(['run', '--events', 'bytes.py'], { directory });
    const output = lines(stdout).filter(({ type }) => type === 'stdout');
    const bytes = output.map(({ text, base64 }) =>
      typeof base64 === 'string' ? Buffer.from(base64, 'base64') : Buffer.from(text as string),
    );
    expect(Buffer.concat(bytes)).toEqual(
      Buffer.concat([Buffer.from('héllo 世界 🎉'), Buffer.from([0xe4, 0xb8])]),
    );
    expect(output.filter(({ base64 }) => base64 !== null)).toHaveLength(1);
  });

  test('ends in an error where the platform fails', async () => {
    const { exitCode, stdout } = await runCli(['run', '--events', '--executor', 'nowhere', 'writer.py'], {
      directory,
    });
    expect(exitCode).toBe(125);
    expect(lines(stdout).at(-1)).toMatchObject({ type: 'error', error: { code: 'ERR_EXECUTOR_NOT_FOUND' } });
  });
});
