export type JsonObject = Readonly<Record<string, unknown>>;

/** Of anything else, an object without a field. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function asNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** The text of a message: itself, or that of its parts. */
export function readText(content: unknown): string {
  if (typeof content === 'string') return content;
  return asArray(content)
    .map((part) => asString(asObject(part)['text']) ?? '')
    .join('');
}

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** `user` and `assistant` messages; all of another role are left out. */
export function readTurns(
  messages: readonly unknown[],
  assistantRole = 'assistant',
  contentField = 'content',
): readonly Turn[] {
  return messages.flatMap((message): readonly Turn[] => {
    const { role, [contentField]: content } = asObject(message);
    if (role === 'user') return [{ role, text: readText(content) }];
    return role === assistantRole ? [{ role: 'assistant', text: readText(content) }] : [];
  });
}
