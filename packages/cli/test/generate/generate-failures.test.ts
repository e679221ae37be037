import type { ModelReply } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { plant, temporaryDirectory, temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();
const KEY = 'sk-test-0123456789abcdef0123456789abcdef';

describe.each([
  ['en', /^cloche: No model is configured/mu, /^hint: Set ANTHROPIC_API_KEY, .*CLOCHE_GENERATOR_BASE_URL=/mu],
  ['zh', /^cloche: 尚未配置可用来编写程序的模型/mu, /^提示：请设置 ANTHROPIC_API_KEY/mu],
])('with no model configured, in %s', (language, message, hint) => {
  test.each(['generate x', 'generate x --no-run', 'models'])('cloche %s says what to set', async (line) => {
    const words = [...line.split(' '), '--lang', language];
    const { exitCode, stdout, stderr } = await runCli(words, { directory });
    expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(hint);
  });
});

describe('a service that', () => {
  const FAILURES: readonly (readonly [string, ModelReply, RegExp, RegExp])[] = [
    ['does not take the key', { failure: 'bad key' }, /key/u, /密钥/u],
    ['does not know the model', { failure: 'unknown model' }, /test-model/u, /test-model/u],
    ['asks to wait', { failure: 'rate limit', retryAfterSeconds: 3600 }, /3600 s/u, /3600 秒/u],
    ['wants money first', { failure: 'no credit' }, /credit|quota|balance/iu, /额度|余额|配额/u],
    ['is no model’s API', { instead: 'html' }, /127\.0\.0\.1/u, /127\.0\.0\.1/u],
  ];

  test.each(FAILURES)('%s fails with what to do, in both languages', async (_, reply, english, chinese) => {
    for (const [language, message] of [
      ['en', english],
      ['zh', chinese],
    ] as const) {
      const server = await modelService([]);
      server.setFallback(reply);
      const { exitCode, stdout, stderr } = await runCli(['generate', 'x', '--lang', language], {
        directory,
        environment: modelEnvironment(server, { CLOCHE_GENERATOR_API_KEY: KEY }),
      });
      expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 125, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/^(?:hint: |提示：)\S/mu);
      expect(/\p{Script=Han}/u.test(stderr)).toBe(language === 'zh');
      expect(stderr).not.toContain(KEY);
    }
  });

  test('breaks off inside the program runs nothing of it', async () => {
    const server = await modelService([]);
    server.setFallback({
      text: ['```python\nprint("half")\n', 'print("whole")\n', '```'],
      fault: 'cut',
      piecesBeforeFault: 1,
    });
    const { exitCode, stdout, stderr } = await runCli(['generate', 'x'], {
      directory,
      environment: modelEnvironment(server),
    });
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 125, stdout: '' });
    expect(stderr).not.toContain('Running');
  });

  test('refuses is quoted, and there is no program', async () => {
    const server = await modelService([]);
    server.setFallback("I'm sorry, but I can't help with that request.");
    const { exitCode, stdout, stderr } = await runCli(['generate', 'x'], {
      directory,
      environment: modelEnvironment(server),
    });
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain("The model says: I'm sorry, but I can't help with that request.");
    expect(stderr).toMatch(/^cloche: No program: the model refused/mu);
  });
});

describe('what contradicts itself', () => {
  test('is a mistake of the configuration: several keys, and none named', async () => {
    const { exitCode, stderr } = await runCli(['generate', 'x'], {
      directory,
      environment: { ANTHROPIC_API_KEY: KEY, OPENAI_API_KEY: KEY },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('ANTHROPIC_API_KEY');
    expect(stderr).toContain('CLOCHE_GENERATOR_PROVIDER=anthropic');
    expect(stderr).not.toContain(KEY);
  });

  test('a project’s file has no say in where the code goes', async () => {
    const project = temporaryDirectoryOfTest();
    const server = await modelService([answer('print(1)\n')]);
    plant(
      project,
      'cloche.toml',
      `[generator]\nbaseUrl = "${server.baseUrls.compatible}"\nmodel = "test-model"\n`,
    );
    const { exitCode, stdout } = await runCli(['generate', 'x'], { directory: project });
    expect({ exitCode: exitCode === 0, stdout, requests: server.requests }).toEqual({
      exitCode: false,
      stdout: '',
      requests: [],
    });
  });

  test('flags say it all, and the key goes nowhere else', async () => {
    const server = await modelService([answer('import os\nprint(dict(os.environ))\n')], { apiKey: KEY });
    const { exitCode, stdout, stderr } = await runCli(
      [
        'generate',
        'x',
        '--provider',
        'anthropic',
        '--base-url',
        server.baseUrls.anthropic,
        '--api-key',
        KEY,
        '--model',
        'm-1',
      ],
      { directory },
    );
    expect(exitCode, stderr).toBe(0);
    expect(server.calls[0]).toMatchObject({ format: 'messages', prompt: { model: 'm-1' } });
    expect(stdout + stderr + (server.calls[0]?.text ?? '')).not.toContain(KEY);
  });
});
