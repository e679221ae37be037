import type { BaseUrls } from '../../src/model-server.ts';

export type Provider = keyof BaseUrls;

/** For each provider, how a model is called with one system message and one of the user. */
const CALLS: Readonly<
  Record<Provider, { readonly path: string; readonly body: object; readonly wholePath?: string }>
> = {
  compatible: {
    path: '/chat/completions',
    body: {
      model: 'test-model',
      max_tokens: 50,
      messages: [
        { role: 'system', content: 'You write.' },
        { role: 'user', content: 'Write.' },
      ],
    },
  },
  openai: {
    path: '/responses',
    body: {
      model: 'test-model',
      max_output_tokens: 50,
      input: [
        { role: 'developer', content: 'You write.' },
        { role: 'user', content: [{ type: 'input_text', text: 'Write.' }] },
      ],
    },
  },
  anthropic: {
    path: '/messages',
    body: {
      model: 'test-model',
      max_tokens: 50,
      system: [{ type: 'text', text: 'You write.' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Write.' }] }],
    },
  },
  google: {
    path: '/models/test-model:streamGenerateContent?alt=sse',
    wholePath: '/models/test-model:generateContent',
    body: {
      systemInstruction: { parts: [{ text: 'You write.' }] },
      contents: [{ role: 'user', parts: [{ text: 'Write.' }] }],
      generationConfig: { maxOutputTokens: 50 },
    },
  },
};

export const PROVIDERS = Object.keys(CALLS) as Provider[];

/** Calls a model, streaming unless told otherwise. */
export function call(baseUrls: BaseUrls, provider: Provider, streams = true): Promise<Response> {
  const { path, wholePath = path, body } = CALLS[provider];
  return fetch(`${baseUrls[provider]}${streams ? path : wholePath}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(streams && provider !== 'google' ? { ...body, stream: true } : body),
  });
}
