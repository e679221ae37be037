import type { GeneratorConfig } from '@cloche/core';
import { expect, test } from 'vitest';
import { resolveModel } from '../../src/index.ts';
import type { ResolvedModel } from '../../src/index.ts';
import { generatorConfig } from './support/test-models.ts';

type Environment = Readonly<Record<string, string>>;
type Shown = Partial<ResolvedModel>;

const USER_FILE = { kind: 'user', name: '/home/x/.config/cloche/config.toml:3' } as const;
const VARIABLE = { kind: 'environment', name: 'CLOCHE_GENERATOR_BASE_URL' } as const;
const LOCAL = 'http://127.0.0.1:11434/v1';

interface Case {
  readonly given?: Partial<GeneratorConfig>;
  readonly environment?: Environment;
  readonly expected: Shown | null;
}

/** What is configured, and what it comes to. */
const CASES: Readonly<Record<string, Case>> = {
  'nothing at all': { expected: null },
  'a model alone': { given: { model: 'x' }, expected: null },
  'a variable that is set to nothing': { environment: { OPENAI_API_KEY: ' ' }, expected: null },
  ANTHROPIC_API_KEY: {
    environment: { ANTHROPIC_API_KEY: 'k' },
    expected: {
      provider: 'anthropic',
      service: 'Anthropic',
      model: 'claude-sonnet-5-5',
      baseUrl: null,
      baseUrlSource: null,
      apiKey: 'k',
      keySource: 'ANTHROPIC_API_KEY',
      withheldKey: null,
    },
  },
  'ANTHROPIC_BASE_URL, without a version as Anthropic’s client wants it': {
    environment: { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'https://gateway.example.com/anthropic/' },
    expected: {
      provider: 'anthropic',
      service: 'gateway.example.com',
      baseUrl: 'https://gateway.example.com/anthropic/v1',
      baseUrlSource: 'ANTHROPIC_BASE_URL',
      apiKey: 'k',
    },
  },
  'ANTHROPIC_BASE_URL without a key is no provider': {
    environment: { ANTHROPIC_BASE_URL: 'https://gateway.example.com' },
    expected: null,
  },
  OPENAI_API_KEY: {
    environment: { OPENAI_API_KEY: ' k\n' },
    expected: { provider: 'openai', service: 'OpenAI', model: 'gpt-6-astra', baseUrl: null, apiKey: 'k' },
  },
  'OPENAI_BASE_URL of another service: chat completions, its own model': {
    environment: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://api.deepseek.com/v1/' },
    expected: {
      provider: 'compatible',
      service: 'DeepSeek',
      model: null,
      baseUrl: 'https://api.deepseek.com/v1',
      apiKey: 'k',
      keySource: 'OPENAI_API_KEY',
    },
  },
  'OPENAI_BASE_URL of OpenAI itself': {
    environment: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://api.openai.com/v1' },
    expected: { provider: 'openai', service: 'OpenAI', apiKey: 'k' },
  },
  'OPENAI_BASE_URL without a key': {
    environment: { OPENAI_BASE_URL: LOCAL },
    expected: { provider: 'compatible', service: '127.0.0.1:11434', baseUrl: LOCAL, apiKey: null },
  },
  'OPENAI_BASE_URL with the provider by name': {
    given: { provider: 'openai' },
    environment: { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://gateway.example.com/v1' },
    expected: { provider: 'openai', baseUrl: 'https://gateway.example.com/v1', model: 'gpt-6-astra' },
  },
  GOOGLE_GENERATIVE_AI_API_KEY: {
    environment: { GOOGLE_API_KEY: 'third', GEMINI_API_KEY: 'second', GOOGLE_GENERATIVE_AI_API_KEY: 'first' },
    expected: {
      provider: 'google',
      model: 'gemini-4-argon',
      apiKey: 'first',
      keySource: 'GOOGLE_GENERATIVE_AI_API_KEY',
    },
  },
  GEMINI_API_KEY: {
    environment: { GOOGLE_API_KEY: 'third', GEMINI_API_KEY: 'second' },
    expected: { provider: 'google', apiKey: 'second', keySource: 'GEMINI_API_KEY' },
  },
  GOOGLE_API_KEY: {
    environment: { GOOGLE_API_KEY: 'third' },
    expected: { provider: 'google', apiKey: 'third', keySource: 'GOOGLE_API_KEY' },
  },
  ...Object.fromEntries(
    Object.entries({
      DEEPSEEK_API_KEY: ['DeepSeek', 'https://api.deepseek.com/v1'],
      DASHSCOPE_API_KEY: ['Qwen', 'https://dashscope.aliyuncs.com/compatible-mode/v1'],
      MOONSHOT_API_KEY: ['Moonshot', 'https://api.moonshot.ai/v1'],
      MISTRAL_API_KEY: ['Mistral', 'https://api.mistral.ai/v1'],
      XAI_API_KEY: ['xAI', 'https://api.x.ai/v1'],
      GROQ_API_KEY: ['Groq', 'https://api.groq.com/openai/v1'],
      OPENROUTER_API_KEY: ['OpenRouter', 'https://openrouter.ai/api/v1'],
      TOGETHER_API_KEY: ['Together', 'https://api.together.xyz/v1'],
      FIREWORKS_API_KEY: ['Fireworks', 'https://api.fireworks.ai/inference/v1'],
      CEREBRAS_API_KEY: ['Cerebras', 'https://api.cerebras.ai/v1'],
    } as const).map(([variable, [service, baseUrl]]): [string, Case] => [
      variable,
      {
        environment: { [variable]: 'k' },
        expected: { provider: 'compatible', service, baseUrl, model: null, apiKey: 'k', keySource: variable },
      },
    ]),
  ),
  'the configuration’s key over that of a variable': {
    given: { provider: 'anthropic', apiKey: 'mine' },
    environment: { ANTHROPIC_API_KEY: 'theirs' },
    expected: { provider: 'anthropic', apiKey: 'mine', keySource: 'generator.apiKey' },
  },
  'the configuration’s provider over a variable of another': {
    given: { provider: 'google' },
    environment: { ANTHROPIC_API_KEY: 'a', GEMINI_API_KEY: 'g' },
    expected: { provider: 'google', apiKey: 'g' },
  },
  'the configuration’s model over the provider’s': {
    given: { model: 'claude-opus-9' },
    environment: { ANTHROPIC_API_KEY: 'a' },
    expected: { provider: 'anthropic', model: 'claude-opus-9' },
  },
  'an address of the configuration over variables': {
    given: { baseUrl: LOCAL, baseUrlSource: USER_FILE },
    environment: { ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'o' },
    expected: {
      provider: 'compatible',
      baseUrl: LOCAL,
      baseUrlSource: USER_FILE.name,
      apiKey: null,
      keySource: null,
    },
  },
  'an address and a key of the configuration': {
    given: { baseUrl: `${LOCAL}//`, baseUrlSource: VARIABLE, apiKey: 'k', model: 'qwen' },
    expected: {
      provider: 'compatible',
      baseUrl: LOCAL,
      apiKey: 'k',
      keySource: 'generator.apiKey',
      model: 'qwen',
    },
  },
  'an address of a known service, with the key of its own variable': {
    given: { baseUrl: 'https://api.deepseek.com/v1', baseUrlSource: USER_FILE },
    environment: { DEEPSEEK_API_KEY: 'd', OPENAI_API_KEY: 'o' },
    expected: { provider: 'compatible', service: 'DeepSeek', apiKey: 'd', keySource: 'DEEPSEEK_API_KEY' },
  },
  'a further address of a known service': {
    given: { baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1', baseUrlSource: USER_FILE },
    environment: { DASHSCOPE_API_KEY: 'd' },
    expected: { provider: 'compatible', service: 'Qwen', apiKey: 'd' },
  },
  'an address of one place and a key of another: the key stays': {
    given: { provider: 'anthropic', baseUrl: 'https://elsewhere.example.com/v1', baseUrlSource: USER_FILE },
    environment: { ANTHROPIC_API_KEY: 'a' },
    expected: { provider: 'anthropic', apiKey: null, keySource: null, withheldKey: 'ANTHROPIC_API_KEY' },
  },
  'an address and a key of the environment belong together': {
    given: { provider: 'anthropic', baseUrl: 'https://elsewhere.example.com/v1', baseUrlSource: VARIABLE },
    environment: { ANTHROPIC_API_KEY: 'a' },
    expected: { provider: 'anthropic', apiKey: 'a', keySource: 'ANTHROPIC_API_KEY', withheldKey: null },
  },
  'but not where the key has an address of its own there': {
    given: { provider: 'openai', baseUrl: 'https://elsewhere.example.com/v1', baseUrlSource: VARIABLE },
    environment: { OPENAI_API_KEY: 'o', OPENAI_BASE_URL: 'https://gateway.example.com/v1' },
    expected: { provider: 'openai', apiKey: null, withheldKey: 'OPENAI_API_KEY' },
  },
  'OpenAI’s key goes to no stranger': {
    given: { baseUrl: 'https://elsewhere.example.com/v1', baseUrlSource: USER_FILE },
    environment: { OPENAI_API_KEY: 'o' },
    expected: { provider: 'compatible', apiKey: null },
  },
};

const CONFIGURED = Object.entries(CASES).filter(([, { expected }]) => expected !== null);
const UNCONFIGURED = Object.entries(CASES).filter(([, { expected }]) => expected === null);

test.each(CONFIGURED)('%s', (_name, { given = {}, environment = {}, expected }) => {
  const resolved = resolveModel(generatorConfig(given), environment);
  // The key is no enumerable property.
  expect({ ...resolved, apiKey: resolved?.apiKey }).toMatchObject(expected ?? {});
});

test.each(UNCONFIGURED)('nothing is configured: %s', (_name, { given = {}, environment = {} }) => {
  expect(resolveModel(generatorConfig(given), environment)).toBeNull();
});
