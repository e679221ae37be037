/** Bytes of a text as one character each: scripts hold file contents, which need not be UTF-8. */
export function byteText(text: string | Uint8Array): string {
  return Buffer.from(text as string).toString('latin1');
}

/** One word of a shell, whatever is in it. NUL bytes have no form there. */
export function shellQuote(word: string | Uint8Array): string {
  return `'${byteText(word).replaceAll("'", `'\\''`)}'`;
}
