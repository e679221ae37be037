import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { ModelReply, ModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/cli-process.ts';
import type { CliResult } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { plant, temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

const OLD = '# mine\n';
const HELLO = 'print("hello")\n';

async function generate(
  directory: string,
  words: readonly string[],
  replies: readonly ModelReply[] = [answer(HELLO)],
): Promise<CliResult & { readonly server: ModelServer }> {
  const server = await modelService(replies);
  const environment = modelEnvironment(server);
  return { ...(await runCli(['generate', 'say hello', ...words], { directory, environment })), server };
}

describe('cloche generate --output', () => {
  test('keeps the program that ran, and says where', async () => {
    const directory = temporaryDirectoryOfTest();
    const { exitCode, stdout, stderr } = await generate(directory, ['-o', 'hello.py']);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: 'hello\n' });
    expect(readFileSync(path.join(directory, 'hello.py'), 'utf8')).toBe(HELLO);
    expect(stderr).toContain('cloche: The program is in hello.py\n');
  });

  test('with --no-run keeps the program and leaves standard output alone', async () => {
    const directory = temporaryDirectoryOfTest();
    const { stdout, stderr } = await generate(directory, ['-o', 'hello.py', '--no-run']);
    expect(stdout).toBe('');
    expect(stderr).toContain(HELLO);
    expect(readFileSync(path.join(directory, 'hello.py'), 'utf8')).toBe(HELLO);
  });

  test.each([[['--no-run']], [[]], [['--json']]])(
    'refuses a file that is there, before a model is asked (%j)',
    async (words) => {
      const directory = temporaryDirectoryOfTest();
      const file = plant(directory, 'hello.py', OLD);
      const { exitCode, stderr, server } = await generate(directory, ['-o', 'hello.py', ...words]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('--output hello.py is there already.');
      expect(stderr).toContain('--force');
      expect(server.requests).toEqual([]);
      expect(readFileSync(file, 'utf8')).toBe(OLD);
    },
  );

  test('never replaces a file that came there while the program was written', async () => {
    const directory = temporaryDirectoryOfTest();
    const file = path.join(directory, 'hello.py');
    const { exitCode, stderr } = await generate(
      directory,
      ['-o', 'hello.py'],
      [
        () => {
          plant(directory, 'hello.py', OLD);
          return answer(HELLO);
        },
      ],
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is there already');
    expect(readFileSync(file, 'utf8')).toBe(OLD);
  });

  test('replaces a file with --force, keeps its rights, and writes through a link', async () => {
    const directory = temporaryDirectoryOfTest();
    const file = plant(directory, 'real/hello.py', OLD);
    chmodSync(file, 0o750);
    symlinkSync('real/hello.py', path.join(directory, 'link.py'));
    const { exitCode, stderr } = await generate(directory, ['-o', 'link.py', '--force']);
    expect(exitCode, stderr).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(HELLO);
    expect(statSync(file).mode & 0o777).toBe(0o750);
    expect(lstatSync(path.join(directory, 'link.py')).isSymbolicLink()).toBe(true);
  });

  test('keeps nothing of a program that failed, with --force neither', async () => {
    const directory = temporaryDirectoryOfTest();
    const file = plant(directory, 'hello.py', OLD);
    const failing = [answer('raise SystemExit(3)\n')];
    const words = ['--max-attempts', '1', '-o'];
    const { exitCode } = await generate(directory, [...words, 'hello.py', '--force'], failing);
    expect(exitCode).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe(OLD);
    await generate(directory, [...words, 'new.py'], failing);
    expect(existsSync(path.join(directory, 'new.py'))).toBe(false);
  });

  test.each([
    ['-', '--output - is no file'],
    ['dir', '--output dir is a directory'],
    ['absent/hello.py', 'there is no directory'],
    ['dangling.py', '--output dangling.py is there already'],
    ['/dev/null', '--output /dev/null is no regular file'],
  ])('%s is refused before a model is asked', async (name, message) => {
    const directory = temporaryDirectoryOfTest();
    mkdirSync(path.join(directory, 'dir'));
    symlinkSync('nowhere', path.join(directory, 'dangling.py'));
    const { exitCode, stderr, server } = await generate(directory, ['-o', name]);
    expect({ exitCode, requests: server.requests }, stderr).toEqual({ exitCode: 2, requests: [] });
    expect(stderr).toContain(message);
    expect(stderr).toContain('hint: ');
  });
});

test('files that the program wrote are named, with how to keep them', async () => {
  const directory = temporaryDirectoryOfTest();
  const { stderr } = await generate(directory, [], [answer('open("out.csv", "w").write("1")\n')]);
  expect(stderr).toContain('cloche: The program wrote out.csv, which are not kept');
  expect(existsSync(path.join(directory, 'out.csv'))).toBe(false);
});
