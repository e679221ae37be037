import type { TestAnswer } from './test-client.ts';

/** The text of an answer, all of it. */
export function textOf({ content }: TestAnswer): string {
  return content.flatMap(({ type, text }) => (type === 'text' ? [String(text)] : [])).join('\n');
}
