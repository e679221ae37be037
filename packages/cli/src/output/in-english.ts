/** The same value with every localized text replaced by its English: JSON does not change with the language. */
export function inEnglish(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inEnglish);
  const entries = Object.entries(value);
  if (entries.length === 2 && 'en' in value && 'zh' in value) return value.en;
  return Object.fromEntries(entries.map(([key, inner]) => [key, inEnglish(inner)]));
}
