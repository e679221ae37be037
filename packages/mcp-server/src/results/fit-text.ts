import { jsonLength } from './json-length.ts';
import { completeLength, CONTINUATION_BYTES, decodeUtf8, isContinuation } from './whole-characters.ts';

export interface FittedText {
  readonly text: string;
  /** How many bytes the text stands for. */
  readonly byteCount: number;
}

/**
 * As much of the beginning as `characters` allow, counted as JSON has them, and never a part of a character.
 *
 * @param isWhole whether the bytes end where the stream does, so that a character cut there is damage of the stream's own
 */
export function fitHead(bytes: Uint8Array, characters: number, isWhole: boolean): FittedText {
  const head = (length: number): FittedText => {
    const isEnd = isWhole && length === bytes.length;
    const byteCount = isEnd ? length : completeLength(bytes.subarray(0, length));
    return { text: decodeUtf8(bytes.subarray(0, byteCount)), byteCount };
  };
  return longest(bytes.length, characters, head);
}

/** As much of the end, likewise. The bytes must begin with a whole character. */
export function fitTail(bytes: Uint8Array, characters: number): FittedText {
  const tail = (length: number): FittedText => {
    let start = bytes.length - length;
    // Not into a character: one that begins before is left out as a whole.
    for (let step = 0; step < CONTINUATION_BYTES && start > 0 && start < bytes.length; step += 1) {
      if (!isContinuation(bytes[start] ?? 0)) break;
      start += 1;
    }
    return { text: decodeUtf8(bytes.subarray(start)), byteCount: bytes.length - start };
  };
  return longest(bytes.length, characters, tail);
}

function longest(byteCount: number, characters: number, take: (length: number) => FittedText): FittedText {
  const whole = take(byteCount);
  if (jsonLength(whole.text) <= characters) return whole;
  let fits = take(0);
  let low = 0;
  let high = byteCount;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const candidate = take(middle);
    if (jsonLength(candidate.text) <= characters) {
      low = middle;
      fits = candidate;
    } else {
      high = middle;
    }
  }
  return fits;
}
