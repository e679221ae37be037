type JsonObject = Readonly<Record<string, unknown>>;

/** A copy with something else at this place; what is not there on the way to it is made. */
export function valueWith(value: unknown, keys: readonly string[], content: unknown): unknown {
  const [key, ...below] = keys;
  if (key === undefined) return content;
  const object = (value ?? {}) as JsonObject;
  return { ...object, [key]: valueWith(object[key], below, content) };
}

/** A copy without what is at this place, which is there. */
export function valueWithout(value: unknown, keys: readonly string[]): unknown {
  const [key = '', ...below] = keys;
  const { [key]: inner, ...others } = value as JsonObject;
  return below.length === 0 ? others : { ...(value as JsonObject), [key]: valueWithout(inner, below) };
}
