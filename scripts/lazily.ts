/**
 * Stands for an object that is made when something is first asked of it, and inherits everything from it then. Made for
 * schemas of zod, which are told apart by their properties and not by their identity.
 */
export function lazily<Value extends object>(make: () => Value): Value {
  const value = once(() => {
    const made = make();
    Object.setPrototypeOf(stand, made);
    return made;
  });
  const asking = new Proxy(Object.create(null) as object, {
    get: (_, key, receiver: unknown) => Reflect.get(value(), key, receiver) as unknown,
    has: (_, key) => Reflect.has(value(), key),
    getPrototypeOf: () => Reflect.getPrototypeOf(value()),
  });
  const stand = Object.create(asking) as Value;
  return stand;
}

export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
