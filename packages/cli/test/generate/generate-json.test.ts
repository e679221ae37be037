import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelReply } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/cli-process.ts';
import type { CliResult } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();

async function generate(
  words: readonly string[],
  replies: readonly ModelReply[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const server = await modelService(replies);
  return runCli(['generate', 'say hello', '--json', ...words], {
    directory,
    environment: modelEnvironment(server, environment),
  });
}

describe('cloche generate --json', () => {
  test('is one object: the program, every attempt, the last run in full, what it cost', async () => {
    const { exitCode, stdout, stderr } = await generate(
      [],
      [
        answer('raise SystemExit("not yet")\n'),
        { text: answer('print("hello")\n', 'python', 'It says hello.'), costUsd: 0.001 },
      ],
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'ok',
      endedBy: 'success',
      code: expect.stringContaining('print("hello")') as string,
      language: 'python',
      fileName: 'main.py',
      explanation: 'It says hello.',
      attempts: [
        { number: 1, status: 'runtime_error', error: expect.stringContaining('not yet') as string },
        { number: 2, status: 'ok', error: null },
      ],
      execution: {
        status: 'ok',
        executor: { name: 'local' },
        run: { exitCode: 0, stdout: { text: 'hello\n' } },
      },
      model: { provider: 'compatible', model: 'test-model' },
      usage: { inputTokens: 20, outputTokens: 40 },
      costUsd: null,
    });
  });

  test('with --no-run has no execution, and goes with --output', async () => {
    const { exitCode, stdout } = await generate(['--no-run', '-o', 'hello.py'], [answer('print("hello")\n')]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'not_executed', execution: null });
    expect(readFileSync(path.join(directory, 'hello.py'), 'utf8')).toBe('print("hello")\n');
  });

  test('says in JSON, too, that no model is configured', async () => {
    const { exitCode, stdout } = await runCli(['generate', 'x', '--json'], { directory });
    expect(exitCode).toBe(125);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'ERR_GENERATOR_FAILED' } });
  });

  test('is in English whatever the language, failures too', async () => {
    const failed = await generate([], [{ failure: 'bad key' }], { CLOCHE_LANG: 'zh' });
    expect(failed.exitCode).toBe(125);
    expect(JSON.parse(failed.stdout)).toMatchObject({ error: { code: 'ERR_GENERATOR_FAILED' } });
    expect(failed.stdout).not.toMatch(/\p{Script=Han}/u);
    expect(failed.stderr).toMatch(/\p{Script=Han}/u);

    const refused = await generate(['--max-attempts', '1'], ['I cannot help with that.'], {
      CLOCHE_LANG: 'zh',
    });
    expect(refused.exitCode).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ status: 'failed', code: null, execution: null });
    expect(refused.stdout).not.toMatch(/\p{Script=Han}/u);
  });
});
