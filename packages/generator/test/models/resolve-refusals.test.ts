import type { GeneratorConfig } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { noModelConfigured, resolveModel } from '../../src/index.ts';
import { generatorConfig } from './support/test-models.ts';

const USER_FILE = { kind: 'user', name: '/home/x/.config/cloche/config.toml:3' } as const;
const VARIABLE = { kind: 'environment', name: 'CLOCHE_GENERATOR_BASE_URL' } as const;

interface Refusal {
  readonly given?: Partial<GeneratorConfig>;
  readonly environment?: Readonly<Record<string, string>>;
  /** In the English message or hint, and in the Chinese. */
  readonly said: readonly string[];
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'keys of two providers, and none named': {
    environment: { ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'o' },
    said: [
      'Anthropic (ANTHROPIC_API_KEY)',
      'OpenAI (OPENAI_API_KEY)',
      'CLOCHE_GENERATOR_PROVIDER=openai',
      '存在多个',
    ],
  },
  'keys of two services that are both `compatible`': {
    given: { provider: 'compatible' },
    environment: { DEEPSEEK_API_KEY: 'd', GROQ_API_KEY: 'g' },
    said: ['CLOCHE_GENERATOR_BASE_URL=https://api.groq.com/openai/v1', '请选择其一'],
  },
  'a provider without its key': {
    given: { provider: 'anthropic' },
    environment: { OPENAI_API_KEY: 'o' },
    said: ['there is no key for it', 'Set ANTHROPIC_API_KEY', '没有它的密钥'],
  },
  'a provider’s own address without its key': {
    given: { baseUrl: 'https://api.anthropic.com/v1', baseUrlSource: USER_FILE },
    said: ['generator.provider is anthropic', '没有它的密钥'],
  },
  'a key without a provider': {
    given: { apiKey: 'k' },
    said: ['neither generator.provider nor generator.baseUrl says whose key', '都未说明它属于谁'],
  },
  'compatible without an address': {
    given: { provider: 'compatible' },
    said: ['there is no address to ask', '没有可用的地址'],
  },
  'compatible with a key and no address': {
    given: { provider: 'compatible', apiKey: 'k' },
    said: ['there is no address to ask', '没有可用的地址'],
  },
  'a key of another provider': {
    given: { provider: 'openai' },
    environment: { OPENAI_API_KEY: 'sk-ant-api03-secret' },
    said: ['The key from OPENAI_API_KEY is one of anthropic', '属于 anthropic'],
  },
  'a key that no header takes': {
    environment: { OPENAI_API_KEY: 'sk-se\ncret' },
    said: ['The key from OPENAI_API_KEY has spaces', '含有空格'],
  },
  'an address that is none': {
    given: { baseUrl: 'localhost:11434', baseUrlSource: USER_FILE },
    said: [USER_FILE.name, 'begins with http:// or https://', '不是以'],
  },
  'an address with a password': {
    given: { baseUrl: 'https://user:secret@gateway.example.com/v1', baseUrlSource: USER_FILE },
    said: [USER_FILE.name, 'has a user name or password', '用户名或密码'],
  },
  'an address with a query': {
    given: { baseUrl: 'https://gateway.example.com/v1?key=secret', baseUrlSource: USER_FILE },
    said: ['behind ? or #', '之后的部分'],
  },
  'an address of a variable that is none': {
    environment: { OPENAI_API_KEY: 'secret', OPENAI_BASE_URL: 'ftp://secret' },
    said: ['OPENAI_BASE_URL', 'OPENAI_BASE_URL 中的'],
  },
};

test.each(Object.entries(REFUSALS))('is refused: %s', (_name, { given = {}, environment = {}, said }) => {
  let thrown: unknown = null;
  try {
    resolveModel(generatorConfig(given), environment);
  } catch (error) {
    thrown = error;
  }
  if (!ClocheError.isInstance(thrown)) throw new Error('nothing was refused');
  expect(thrown.code).toBe('ERR_CONFIG_INVALID');
  const texts = [
    thrown.localizedMessage('en'),
    thrown.localizedHint('en'),
    thrown.localizedMessage('zh'),
    thrown.localizedHint('zh'),
  ].join('\n');
  for (const words of said) expect(texts).toContain(words);
  expect(texts).not.toMatch(/secret|--\w/u);
});

describe('plain http://', () => {
  test.each([
    'http://localhost:11434/v1',
    'http://127.0.0.1:11434/v1',
    'http://[::1]:11434/v1',
    'http://10.1.2.3/v1',
    'http://172.31.0.1/v1',
    'http://192.168.1.20:1234/v1',
    'http://100.100.1.1/v1',
    'http://[fd00::1]/v1',
    'http://ollama:11434/v1',
    'http://gpu.local/v1',
    'http://host.docker.internal:11434/v1',
  ])('is spoken to %s', (baseUrl) => {
    const config = generatorConfig({ baseUrl, baseUrlSource: VARIABLE });
    expect(resolveModel(config, {})?.baseUrl).toBe(baseUrl);
  });

  test.each([
    'http://models.example.com/v1',
    'http://8.8.8.8/v1',
    'http://172.32.0.1/v1',
    'http://100.128.0.1/v1',
    'http://[2001:db8::1]/v1',
    'http://localhost.example.com/v1',
    'http://10.0.0.1.example.com/v1',
    // What a URL makes of other ways to write a public address.
    'http://134744072/v1',
    'http://0x08080808/v1',
  ])('is not spoken to %s', (baseUrl) => {
    const config = generatorConfig({ baseUrl, baseUrlSource: VARIABLE, apiKey: 'k' });
    expect(() => resolveModel(config, {})).toThrow(/over http:\/\/ to .*in the clear/u);
  });
});

test('where nothing is configured, the error says what to set', () => {
  const error = noModelConfigured();
  expect(error.code).toBe('ERR_GENERATOR_FAILED');
  for (const variable of [
    'ANTHROPIC_API_KEY',
    'OPENAI_API_KEY',
    'GEMINI_API_KEY',
    'CLOCHE_GENERATOR_BASE_URL',
  ]) {
    expect(error.localizedHint('en')).toContain(variable);
    expect(error.localizedHint('zh')).toContain(variable);
  }
});
