import type { GeneratorProvider } from '@cloche/core';

/** A service whose address and variables are known. */
export interface KnownService {
  readonly name: string;
  readonly provider: GeneratorProvider;
  readonly baseUrl: string;
  /** Other addresses of the same service, to which its key may go as well. */
  readonly furtherOrigins?: readonly string[];
  /** The first that is set counts. */
  readonly keyVariables: readonly string[];
  /** What stands in it goes with the key of `keyVariables`. Null: the service has no such variable. */
  readonly baseUrlVariable: string | null;
  /** Null: it has to be chosen. */
  readonly defaultModel: string | null;
}

/**
 * The usual variables and addresses. Those with a package of their own in the AI SDK are as that package says; the
 * other addresses are those of the services' own pages for OpenAI's client. The default models are those that the
 * pages of the provider packages use throughout (November 2026).
 */
export const KNOWN_SERVICES: readonly KnownService[] = [
  {
    name: 'Anthropic',
    provider: 'anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    keyVariables: ['ANTHROPIC_API_KEY'],
    baseUrlVariable: 'ANTHROPIC_BASE_URL',
    defaultModel: 'claude-sonnet-5-5',
  },
  {
    name: 'OpenAI',
    provider: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    keyVariables: ['OPENAI_API_KEY'],
    baseUrlVariable: 'OPENAI_BASE_URL',
    defaultModel: 'gpt-6-astra',
  },
  {
    name: 'Google',
    provider: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    keyVariables: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    baseUrlVariable: null,
    defaultModel: 'gemini-4-argon',
  },
  compatible('DeepSeek', 'https://api.deepseek.com/v1', ['DEEPSEEK_API_KEY']),
  compatible(
    'Qwen',
    'https://dashscope.aliyuncs.com/compatible-mode/v1',
    ['DASHSCOPE_API_KEY'],
    ['https://dashscope-intl.aliyuncs.com'],
  ),
  compatible('Moonshot', 'https://api.moonshot.ai/v1', ['MOONSHOT_API_KEY'], ['https://api.moonshot.cn']),
  compatible('Mistral', 'https://api.mistral.ai/v1', ['MISTRAL_API_KEY']),
  compatible('xAI', 'https://api.x.ai/v1', ['XAI_API_KEY']),
  compatible('Groq', 'https://api.groq.com/openai/v1', ['GROQ_API_KEY']),
  compatible('OpenRouter', 'https://openrouter.ai/api/v1', ['OPENROUTER_API_KEY']),
  compatible('Together', 'https://api.together.xyz/v1', ['TOGETHER_API_KEY']),
  compatible('Fireworks', 'https://api.fireworks.ai/inference/v1', ['FIREWORKS_API_KEY']),
  compatible('Cerebras', 'https://api.cerebras.ai/v1', ['CEREBRAS_API_KEY']),
];

function compatible(
  name: string,
  baseUrl: string,
  keyVariables: readonly string[],
  furtherOrigins: readonly string[] = [],
): KnownService {
  return {
    name,
    provider: 'compatible',
    baseUrl,
    furtherOrigins,
    keyVariables,
    baseUrlVariable: null,
    defaultModel: null,
  };
}

/** The service to whose own address a URL leads; null where it leads somewhere else. */
export function serviceAt(url: string): KnownService | null {
  const { origin } = new URL(url);
  return (
    KNOWN_SERVICES.find(
      ({ baseUrl, furtherOrigins = [] }) =>
        new URL(baseUrl).origin === origin || furtherOrigins.includes(origin),
    ) ?? null
  );
}

/** Of `anthropic`, `openai`, `google`; null for `compatible`, which is many. */
export function serviceOf(provider: GeneratorProvider): KnownService | null {
  return provider === 'compatible'
    ? null
    : (KNOWN_SERVICES.find((service) => service.provider === provider) ?? null);
}
