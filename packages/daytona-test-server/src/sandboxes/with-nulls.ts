/** A published type, as real servers fill it: with null for an optional field that has no value. */
export type WithNulls<T> = { [Key in keyof T]: undefined extends T[Key] ? T[Key] | null : T[Key] };
