import type { GeneratorProvider } from '@cloche/core';

/** Whose model is asked, where, and with which key: what configuration and environment come to together. */
export interface ResolvedModel {
  readonly provider: GeneratorProvider;
  /** For people: `Anthropic`, `DeepSeek`, or the host of an address that nobody knows. */
  readonly service: string;
  /** Null: the endpoint is asked, and has to offer exactly one. */
  readonly model: string | null;
  /** Without a slash at its end. Null: the provider's own address. */
  readonly baseUrl: string | null;
  /** `--base-url`, `OPENAI_BASE_URL`, a file with its line. Null: the address is the service's own. */
  readonly baseUrlSource: string | null;
  /**
   * Null: the requests carry none. Not enumerable: printing the object, writing it as JSON and copying it with `...`
   * leave it out.
   */
  readonly apiKey: string | null;
  /** `ANTHROPIC_API_KEY`, `generator.apiKey`. Null: there is no key. */
  readonly keySource: string | null;
  /** A variable with a key that is not sent, since the address comes from somewhere else. Null: none. */
  readonly withheldKey: string | null;
}

export function createResolvedModel(fields: ResolvedModel): ResolvedModel {
  const { apiKey, ...shown } = fields;
  const resolved = Object.defineProperty(shown, 'apiKey', { value: apiKey, enumerable: false });
  return Object.freeze(resolved) as ResolvedModel;
}

/** The same with another model. */
export function withModel(resolved: ResolvedModel, model: string): ResolvedModel {
  return createResolvedModel({ ...resolved, apiKey: resolved.apiKey, model });
}
