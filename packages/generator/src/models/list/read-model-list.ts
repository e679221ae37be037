import { fields, items, words } from '../untyped.ts';
import type { ListedModel } from './listed-model.ts';

/**
 * Reads the lists of OpenAI and those who follow it, of Anthropic (`{ data: [{ id, display_name }] }`), and of Google
 * (`{ models: [{ name: 'models/…', displayName, supportedGenerationMethods }] }`), of which those that write are taken.
 *
 * @returns null where it is none of these
 */
export function readModelList(body: unknown): readonly ListedModel[] | null {
  const { data, models } = fields(body);
  // Some services send the array without the frame.
  const listed = [data, models, body].find((value) => Array.isArray(value));
  if (listed === undefined) return null;
  const found = new Map<string, ListedModel>();
  for (const entry of items(listed)) {
    const {
      id,
      name,
      display_name: displayName,
      displayName: title,
      supportedGenerationMethods,
    } = fields(entry);
    const word = words(id) ?? words(name)?.replace(/^models\//u, '') ?? null;
    const writes =
      !Array.isArray(supportedGenerationMethods) || supportedGenerationMethods.includes('generateContent');
    if (word === null || !writes) continue;
    const shown = words(displayName) ?? words(title) ?? (words(id) === null ? null : words(name));
    found.set(word, { id: word, name: shown === word ? null : shown });
  }
  return [...found.values()];
}
