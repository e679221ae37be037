/** What an editor can show of a file. */
const SHOWN_BYTES = 256 * 1024;

/** Null for what is no text, or is too long to be edited. */
export function editableText(bytes: Uint8Array): string | null {
  if (bytes.length > SHOWN_BYTES || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
