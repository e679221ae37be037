const SHOWN_CHARACTERS = 4;
/** Of a shorter secret, four characters would be too much of it. */
const MINIMUM_LENGTH = 12;

/** `…` and the last four characters, enough to tell two keys apart. What is not text says nothing. */
export function redacted(value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (typeof value !== 'string' || value.length < MINIMUM_LENGTH) return '…';
  return `…${value.slice(-SHOWN_CHARACTERS)}`;
}
