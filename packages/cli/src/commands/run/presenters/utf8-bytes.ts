import { isUtf8 as isWholeUtf8 } from 'node:buffer';
import type { CapturedOutput } from '@cloche/core/executor';

/** Whether what was kept is valid UTF-8, apart from a character that the cut went through. */
export function isUtf8({ head, tail, truncated }: CapturedOutput): boolean {
  if (!truncated) return isWholeUtf8(head);
  return (
    isWholeUtf8(head.subarray(0, head.length - unfinishedLength(head))) &&
    isWholeUtf8(withoutContinuation(tail))
  );
}

/** How many bytes at the end belong to a character that has only begun: 0 to 3. */
export function unfinishedLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    return lengthOfCharacter(byte) > back ? back : 0;
  }
  return 0;
}

function lengthOfCharacter(firstByte: number): number {
  if (firstByte >= 0b1111_0000) return 4;
  if (firstByte >= 0b1110_0000) return 3;
  return firstByte >= 0b1100_0000 ? 2 : 1;
}

function withoutContinuation(bytes: Uint8Array): Uint8Array {
  let length = 0;
  while (length < Math.min(3, bytes.length) && ((bytes[length] ?? 0) & 0b1100_0000) === 0b1000_0000)
    length += 1;
  return bytes.subarray(length);
}
