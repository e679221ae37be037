import { isUtf8 } from 'node:buffer';

const REPLACEMENT = '\u{FFFD}';

/** Decodes as Go's JSON encoder does: each byte that belongs to no character becomes a U+FFFD of its own. */
export function decodeOutput(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const parts: string[] = [];
  let start = 0;
  let index = 0;
  while (index < bytes.length) {
    const length = characterLengthAt(bytes, index);
    if (length > 0) {
      index += length;
      continue;
    }
    parts.push(bytes.toString('utf8', start, index), REPLACEMENT);
    index += 1;
    start = index;
  }
  parts.push(bytes.toString('utf8', start));
  return parts.join('');
}

/** The number of bytes of the character that begins here; 0 where none does. */
function characterLengthAt(bytes: Buffer, index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  return index + length <= bytes.length && isUtf8(bytes.subarray(index, index + length)) ? length : 0;
}
