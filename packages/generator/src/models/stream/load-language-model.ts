import type { GeneratorProvider } from '@cloche/core';
import type { LanguageModel } from 'ai';
import type { ResolvedModel } from '../resolved-model.ts';
import { serviceOf } from '../resolve/known-services.ts';

export interface LanguageModelSettings {
  readonly baseURL: string;
  /** Without one, a provider package would take that of the process’s environment. */
  readonly apiKey: string;
  readonly fetch: typeof globalThis.fetch;
}

type LoadedModel = Exclude<LanguageModel, string>;

/** Loads the package of one provider, and no other. */
const LOADERS: Readonly<
  Record<GeneratorProvider, (model: string, settings: LanguageModelSettings) => Promise<LoadedModel>>
> = {
  anthropic: async (model, settings) => (await import('@ai-sdk/anthropic')).createAnthropic(settings)(model),
  openai: async (model, settings) => (await import('@ai-sdk/openai')).createOpenAI(settings)(model),
  google: async (model, settings) => (await import('@ai-sdk/google')).createGoogle(settings)(model),
  compatible: async (model, settings) => {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    return createOpenAICompatible({ ...settings, name: 'compatible', includeUsage: true })(model);
  },
};

/** In place of a key where there is none; `guardedFetch` leaves out the header that it would stand in. */
const NO_KEY = 'none';

export function loadLanguageModel(
  resolved: ResolvedModel,
  model: string,
  fetch: typeof globalThis.fetch,
): Promise<LoadedModel> {
  const { provider, baseUrl, apiKey } = resolved;
  // Always given: without one, the package would look for a variable of the environment.
  const baseURL = baseUrl ?? serviceOf(provider)?.baseUrl ?? '';
  return LOADERS[provider](model, { baseURL, apiKey: apiKey ?? NO_KEY, fetch });
}
