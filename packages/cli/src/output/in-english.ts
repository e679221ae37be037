import type { LocalizedText } from '@cloche/core/executor';

/** The same value with every localized text replaced by its English: JSON does not change with the language. */
export function inEnglish(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inEnglish);
  if (isLocalizedText(value)) return value.en;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inEnglish(inner)]));
}

function isLocalizedText(value: object): value is LocalizedText {
  const { en, zh, withoutFlags: _, ...others } = value as Partial<LocalizedText>;
  return typeof en === 'string' && typeof zh === 'string' && Object.keys(others).length === 0;
}
