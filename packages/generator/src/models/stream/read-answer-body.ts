const MAXIMUM_BYTES = 64 * 1024;

/** The beginning of an answer's body as text; what is behind it is not waited for. */
export async function readAnswerBody(
  response: Response,
  maximumBytes: number = MAXIMUM_BYTES,
): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    bytes += chunk.byteLength;
    if (bytes >= maximumBytes) break;
  }
  return text + decoder.decode();
}
