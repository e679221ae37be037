import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/output/display-width.ts';
import { runCli } from '../support/cli-process.ts';
import type { CliResult } from '../support/cli-process.ts';
import { modelEnvironment, modelService } from '../support/model-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();
const KEY = 'sk-test-0123456789abcdef0123456789abcdef';

function doctor(
  environment: Readonly<Record<string, string>>,
  words: readonly string[] = [],
): Promise<CliResult> {
  const noEngine = { CLOCHE_DOCKER_HOST: `unix://${directory}/absent.sock` };
  return runCli(['doctor', ...words], { directory, environment: { ...noEngine, ...environment } });
}

/** One line again: long ones are wrapped. */
function unwrapped(text: string): string {
  return text.replaceAll(/\n +(?!\$)/gu, ' ');
}

describe('cloche doctor', () => {
  test.each(['en', 'zh'])(
    'shows the generator beside the executors, within 80 columns (%s)',
    async (language) => {
      const server = await modelService([], { models: ['test-model', 'other'] });
      const { exitCode, stdout, stderr } = await doctor(modelEnvironment(server), ['--lang', language]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const word = language === 'en' ? 'Programs are written by' : '编写程序的模型';
      expect(stdout.replaceAll('\n', ' ')).toMatch(
        new RegExp(`${word}[:：] ?test-model[;；].*${server.baseUrls.compatible}`, 'u'),
      );
      expect(stdout).not.toMatch(/^ {2}(?:generator|生成器)/mu);
      const tooLong = stdout
        .split('\n')
        .filter((line) => displayWidth(line) > 80 && !line.startsWith('    $ '));
      expect(tooLong).toEqual([]);
      expect(server.calls).toEqual([]);
    },
  );

  test('says what to set where there is none, and can run all the same', async () => {
    const { exitCode, stdout } = await doctor({});
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Programs are written by: no model\n');
    expect(unwrapped(stdout)).toMatch(/generator: No model is configured .*ANTHROPIC_API_KEY/u);
  });

  test.each([
    ['a key that is refused', { failure: 'bad key' }, 'unavailable', /generator: .*key/u],
    ['something that is no model’s API', { instead: 'html' }, 'unavailable', /generator: .*127\.0\.0\.1/u],
  ] as const)('names %s as a gap, with a way out', async (_, reply, word, gap) => {
    const server = await modelService([]);
    server.scriptLists([reply]);
    const { exitCode, stdout } = await doctor(modelEnvironment(server, { CLOCHE_GENERATOR_API_KEY: KEY }));
    expect(exitCode).toBe(0);
    expect(stdout).toContain(word);
    expect(unwrapped(stdout)).toMatch(gap);
    expect(stdout).not.toContain(KEY);
  });

  test('names a model that the service does not list, and a choice that is still to be made', async () => {
    const server = await modelService([], { models: ['one', 'two'] });
    expect(unwrapped((await doctor(modelEnvironment(server))).stdout)).toMatch(
      /generator: .* does not list test-model\./u,
    );
    const { stdout } = await doctor({ CLOCHE_GENERATOR_BASE_URL: server.baseUrls.compatible });
    expect(unwrapped(stdout)).toMatch(/generator: No model is chosen/u);
    expect(stdout).toContain('    $ cloche models\n');
  });

  test('names a contradiction instead of failing', async () => {
    const { exitCode, stdout } = await doctor({ ANTHROPIC_API_KEY: KEY, OPENAI_API_KEY: KEY });
    expect(exitCode).toBe(0);
    expect(unwrapped(stdout)).toMatch(/generator: There are keys of several providers/u);
  });

  test('has it in its JSON, in English and without the key', async () => {
    const server = await modelService([]);
    const { stdout } = await doctor(modelEnvironment(server, { CLOCHE_GENERATOR_API_KEY: KEY }), [
      '--json',
      '--lang',
      'zh',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      generator: {
        provider: 'compatible',
        model: 'test-model',
        baseUrl: server.baseUrls.compatible,
        keySource: 'generator.apiKey',
        probe: { available: true, model: 'test-model', isListed: true },
        error: null,
      },
    });
    expect(stdout).not.toContain(KEY);
    expect(JSON.parse((await doctor({}, ['--json', '--lang', 'zh'])).stdout)).toMatchObject({
      generator: { provider: null, probe: null, error: { code: 'ERR_GENERATOR_FAILED' } },
    });
  });
});
