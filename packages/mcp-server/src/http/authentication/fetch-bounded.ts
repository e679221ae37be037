const TIMEOUT_MS = 5_000;
const MOST_BYTES = 256 * 1024;

/**
 * One document of an issuer, bounded in time and size. A redirect is not followed: what tokens depend on comes from
 * the address that was meant, or not at all.
 *
 * @throws Error where nothing comes, or too much
 */
export async function fetchBounded(address: string, signal?: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(address, {
    headers: { Accept: 'application/json' },
    redirect: 'manual',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    byteCount += chunk.length;
    if (byteCount > MOST_BYTES) throw new Error(`${address} has more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  const hasBody = response.status >= 200 && ![204, 205, 304].includes(response.status);
  return new Response(hasBody ? Buffer.concat(chunks) : null, { status: response.status });
}
