import { describe, expect, test } from 'vitest';
import { runCli } from '../support/cli-process.ts';
import { modelEnvironment, modelService } from '../support/model-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();
const MODELS = ['big-model', 'test-model', 'qwen3-coder:30b'];

describe('cloche models', () => {
  test('lists what the service offers, and marks the one that writes', async () => {
    const server = await modelService([], { models: MODELS });
    const { exitCode, stdout, stderr } = await runCli(['models'], {
      directory,
      environment: modelEnvironment(server),
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(
      stdout
        .split('\n')
        .filter((line) => line !== '')
        .toSorted(),
    ).toEqual(['  big-model', '* test-model', '  qwen3-coder:30b'].toSorted());
    expect(server.calls).toEqual([]);
  });

  test.each(['anthropic', 'google', 'openai'] as const)('asks %s in its own way', async (provider) => {
    const server = await modelService([], { models: MODELS, apiKey: 'key-of-a-test-0123456789' });
    const { exitCode, stdout, stderr } = await runCli(
      ['models', '--provider', provider, '--model', 'big-model'],
      {
        directory,
        environment: {
          CLOCHE_GENERATOR_BASE_URL: server.baseUrls[provider],
          CLOCHE_GENERATOR_API_KEY: 'key-of-a-test-0123456789',
        },
      },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('* big-model\n');
    expect(stdout).not.toContain('only-embeds');
  });

  test('marks the only one where none is chosen', async () => {
    const server = await modelService([], { models: ['only'] });
    const environment = { CLOCHE_GENERATOR_BASE_URL: server.baseUrls.compatible };
    expect((await runCli(['models'], { directory, environment })).stdout).toBe('* only\n');
  });

  test('warns of a chosen model that is not there', async () => {
    const server = await modelService([], { models: MODELS });
    const { exitCode, stderr } = await runCli(['models', '--model', 'gone'], {
      directory,
      environment: modelEnvironment(server),
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('The chosen model gone is not in the list.');
    expect(stderr).toContain('hint: ');
  });

  test('is JSON for programs, without the key', async () => {
    const key = 'sk-test-0123456789abcdef0123456789abcdef';
    const server = await modelService([], { models: MODELS });
    const { stdout } = await runCli(['models', '--json'], {
      directory,
      environment: modelEnvironment(server, { CLOCHE_GENERATOR_API_KEY: key }),
    });
    const listed = JSON.parse(stdout) as { models: { id: string }[] };
    expect(listed).toMatchObject({
      provider: 'compatible',
      baseUrl: server.baseUrls.compatible,
      model: 'test-model',
    });
    expect(listed.models.map(({ id }) => id).toSorted()).toEqual(MODELS.toSorted());
    expect(stdout).not.toContain(key);
  });

  test('says so where nothing is offered, and where nobody answers', async () => {
    const server = await modelService([], { models: [] });
    const none = await runCli(['models'], { directory, environment: modelEnvironment(server) });
    expect(none).toMatchObject({ exitCode: 0, stdout: '' });
    expect(none.stderr).toContain('offers no models');
    server.scriptLists([{ failure: 'bad key' }]);
    const refused = await runCli(['models', '--lang', 'zh'], {
      directory,
      environment: modelEnvironment(server),
    });
    expect(refused).toMatchObject({ exitCode: 125, stdout: '' });
    expect(refused.stderr).toMatch(/\p{Script=Han}.*\n提示：/u);
  });
});
