export type Fields = Readonly<Record<string, unknown>>;

/** Of anything but an object, none. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Null for anything but a text with something in it. */
export function words(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
