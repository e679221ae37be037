/** A character of UTF-8 has at most so many bytes after its first. */
export const CONTINUATION_BYTES = 3;

/** Length without a character at the end that has only begun. */
export function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(CONTINUATION_BYTES, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return sequenceLength(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/**
 * How many bytes at the beginning belong to a character that began before.
 *
 * @param before what stands right before `bytes`, three bytes or what there is
 */
export function continuationLength(before: Uint8Array, bytes: Uint8Array): number {
  const begun = before.length - completeLength(before);
  if (begun === 0) return 0;
  const missing = sequenceLength(before[before.length - begun] ?? 0) - begun;
  let length = 0;
  while (length < missing && isContinuation(bytes[length] ?? 0)) length += 1;
  // A sequence that never ends is damage, and is shown as such.
  return length === missing ? length : 0;
}

/** Invalid UTF-8 becomes U+FFFD; a byte order mark is output like any other. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Whether a byte stands inside of a character, behind its first. */
export function isContinuation(byte: number): boolean {
  return (byte & 0b1100_0000) === 0b1000_0000;
}

function sequenceLength(first: number): number {
  if (first >= 0b1111_0000) return 4;
  if (first >= 0b1110_0000) return 3;
  return first >= 0b1100_0000 ? 2 : 1;
}
