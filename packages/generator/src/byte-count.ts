/** Bytes of a content as it is sent or stored: of a text, in UTF-8. */
export function byteCount(content: string | Uint8Array): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.length;
}
