import type { GeneratorProvider } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import { KNOWN_SERVICES, serviceOf } from './known-services.ts';

/** What stands in the way where no provider is configured at all. */
export function noModelConfigured(): ClocheError {
  return new ClocheError({
    code: 'ERR_GENERATOR_FAILED',
    message: {
      en: 'No model is configured that could write a program.',
      zh: '尚未配置可用来编写程序的模型。',
    },
    hint: {
      en: 'Set ANTHROPIC_API_KEY, OPENAI_API_KEY or GEMINI_API_KEY; or, for a model on this computer (Ollama, LM Studio, vLLM), CLOCHE_GENERATOR_BASE_URL=http://127.0.0.1:11434/v1 and CLOCHE_GENERATOR_MODEL. The same as generator.* in the user’s cloche configuration.',
      zh: '请设置 ANTHROPIC_API_KEY、OPENAI_API_KEY 或 GEMINI_API_KEY；若模型在本机（Ollama、LM Studio、vLLM），请设置 CLOCHE_GENERATOR_BASE_URL=http://127.0.0.1:11434/v1 和 CLOCHE_GENERATOR_MODEL。也可写入用户配置中的 generator.*。',
    },
  });
}

/** @param sources the variables that were found, with the provider of each */
export function severalProviders(
  sources: readonly {
    readonly service: string;
    readonly provider: GeneratorProvider;
    readonly source: string;
  }[],
): ClocheError {
  const names = sources.map(({ service, source }) => `${service} (${source})`);
  const ways = sources.map(({ service, provider, source }) =>
    provider === 'compatible' && source !== 'OPENAI_BASE_URL'
      ? `CLOCHE_GENERATOR_BASE_URL=${KNOWN_SERVICES.find(({ name }) => name === service)?.baseUrl ?? ''}`
      : `CLOCHE_GENERATOR_PROVIDER=${provider}`,
  );
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `There are keys of several providers, and none is named: ${names.join(', ')}.`,
      zh: `存在多个提供方的密钥，但未指明使用哪一个：${names.join('、')}。`,
    },
    hint: {
      en: `Choose one: ${[...new Set(ways)].join(' or ')}; or generator.provider.`,
      zh: `请选择其一：${[...new Set(ways)].join(' 或 ')}；或设置 generator.provider。`,
    },
  });
}

export function keyMissing(provider: GeneratorProvider): ClocheError {
  const variables = serviceOf(provider)?.keyVariables ?? [];
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `generator.provider is ${provider}, and there is no key for it.`,
      zh: `generator.provider 为 ${provider}，但没有它的密钥。`,
    },
    hint: {
      en: `Set ${variables.join(' or ')}, or generator.apiKey (CLOCHE_GENERATOR_API_KEY).`,
      zh: `请设置 ${variables.join(' 或 ')}，或 generator.apiKey（CLOCHE_GENERATOR_API_KEY）。`,
    },
  });
}

export function addressMissing(): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: 'generator.provider is compatible, and there is no address to ask.',
      zh: 'generator.provider 为 compatible，但没有可用的地址。',
    },
    hint: {
      en: 'Set generator.baseUrl (CLOCHE_GENERATOR_BASE_URL), http://127.0.0.1:11434/v1 for Ollama, in the same place as the key.',
      zh: '请设置 generator.baseUrl（CLOCHE_GENERATOR_BASE_URL），Ollama 为 http://127.0.0.1:11434/v1，并与密钥放在同一处。',
    },
  });
}

/** A key that nobody says whose it is. */
export function providerMissing(): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: 'generator.apiKey is set, and neither generator.provider nor generator.baseUrl says whose key it is.',
      zh: '已设置 generator.apiKey，但 generator.provider 和 generator.baseUrl 都未说明它属于谁。',
    },
    hint: {
      en: 'Set generator.provider (CLOCHE_GENERATOR_PROVIDER) to anthropic, openai, google or compatible.',
      zh: '请将 generator.provider（CLOCHE_GENERATOR_PROVIDER）设为 anthropic、openai、google 或 compatible。',
    },
  });
}
