/**
 * What a result keeps of one output stream: its beginning and its end. When nothing was left out,
 * `tail` is empty and `head` is the whole stream.
 */
export interface CapturedOutput {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  /** Bytes that the program wrote, kept or not. */
  readonly byteCount: number;
  readonly truncated: boolean;
}

export const EMPTY_OUTPUT: CapturedOutput = {
  head: new Uint8Array(0),
  tail: new Uint8Array(0),
  byteCount: 0,
  truncated: false,
};

/**
 * The output as text. Invalid UTF-8 becomes U+FFFD; a character that the cut went through is left out
 * rather than shown as damage. A line in the middle says how many bytes are missing.
 */
export function outputText(output: CapturedOutput): string {
  // A byte order mark is output like any other.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  if (!output.truncated) return decoder.decode(output.head);
  const head = output.head.subarray(0, completeLength(output.head));
  const tail = output.tail.subarray(continuationLength(output.tail));
  const missing = output.byteCount - head.length - tail.length;
  return `${decoder.decode(head)}\n[... ${missing} bytes left out ...]\n${decoder.decode(tail)}`;
}

/** Length without a character at the end that has only begun. */
function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const needed = byte >= 0b1111_0000 ? 4 : byte >= 0b1110_0000 ? 3 : byte >= 0b1100_0000 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How many bytes at the beginning belong to a character that began before. */
function continuationLength(bytes: Uint8Array): number {
  let length = 0;
  while (length < Math.min(3, bytes.length) && ((bytes[length] ?? 0) & 0b1100_0000) === 0b1000_0000)
    length += 1;
  return length;
}
