import type { IncomingHttpHeaders } from 'node:http';
import { chatCompletions } from './formats/chat-completions.ts';
import { generateContent } from './formats/generate-content.ts';
import { messages } from './formats/messages.ts';
import type { WireFormat } from './formats/wire-format.ts';

/** Whose list is asked for. */
export interface ModelList {
  /** The one whose failures a refusal has. */
  readonly format: WireFormat;
  readonly body: unknown;
}

/** The list that this request asks for; null where it asks for something else. */
export function findList(
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  models: readonly string[],
): ModelList | null {
  if (method !== 'GET') return null;
  const plain = path.split('?', 1)[0] ?? '';
  if (plain === '/v1beta/models') return { format: generateContent, body: googleList(models) };
  if (plain === '/api/tags') return { format: chatCompletions, body: ollamaList(models) };
  if (plain !== '/v1/models') return null;
  if ('anthropic-version' in headers) return { format: messages, body: anthropicList(models) };
  return { format: chatCompletions, body: openaiList(models) };
}

function openaiList(models: readonly string[]): unknown {
  return {
    object: 'list',
    data: models.map((id) => ({ id, object: 'model', created: 1_764_000_000, owned_by: 'test' })),
  };
}

function anthropicList(models: readonly string[]): unknown {
  return {
    data: models.map((id) => ({
      type: 'model',
      id,
      display_name: `The ${id}`,
      created_at: '2026-01-01T00:00:00Z',
    })),
    has_more: false,
    first_id: models[0] ?? null,
    last_id: models.at(-1) ?? null,
  };
}

function googleList(models: readonly string[]): unknown {
  return {
    models: [
      ...models.map((id) => ({
        name: `models/${id}`,
        displayName: `The ${id}`,
        supportedGenerationMethods: ['generateContent', 'countTokens'],
      })),
      { name: 'models/only-embeds', supportedGenerationMethods: ['embedContent'] },
    ],
  };
}

/** Ollama's own. */
function ollamaList(models: readonly string[]): unknown {
  return { models: models.map((name) => ({ name, model: name, size: 1, details: { family: 'test' } })) };
}
