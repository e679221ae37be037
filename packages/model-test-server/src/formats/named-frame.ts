import type { StreamFrame } from './wire-format.ts';

/** An event that says its name twice, in its own line and in its data, as OpenAI and Anthropic have them. */
export function namedFrame(type: string, fields: object = {}): StreamFrame {
  return { event: type, data: { type, ...fields } };
}
