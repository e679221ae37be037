import { chatCompletions } from './chat-completions.ts';
import { generateContent } from './generate-content.ts';
import { messages } from './messages.ts';
import { responses } from './responses.ts';
import type { WireFormat } from './wire-format.ts';

const FORMATS: readonly WireFormat[] = [chatCompletions, responses, messages, generateContent];

/** The format in which this path is called; null where it calls no model. */
export function findFormat(path: string): WireFormat | null {
  const plain = path.split('?', 1)[0] ?? '';
  return FORMATS.find((format) => format.isCalled(plain)) ?? null;
}
