/** Makes a value when it is first asked for. What costs time to make is not made for a server's start. */
export function madeOnce<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
