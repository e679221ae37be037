import { secureUrl } from './check-secure-url.ts';
import { fetchBounded } from './fetch-bounded.ts';
import { metadataAddresses } from './metadata-addresses.ts';

/** For all addresses together: a request waits for it. */
const TIMEOUT_MS = 8_000;

/**
 * Where the keys of an issuer are, as the issuer itself says.
 *
 * @throws Error with what each of its addresses answered
 */
export async function discoverKeysAddress(issuer: string): Promise<URL> {
  const problems: string[] = [];
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  for (const address of metadataAddresses(new URL(issuer))) {
    // One after the other: the first that answers is the one that is meant.
    const found = await keysAddressAt(address, issuer, signal).catch((error: unknown) => reasonOf(error));
    if (found instanceof URL) return found;
    problems.push(`${address.pathname}: ${found}`);
  }
  throw new Error(`the issuer does not tell where its keys are (${problems.join('; ')})`);
}

async function keysAddressAt(address: URL, issuer: string, signal: AbortSignal): Promise<URL | string> {
  const response = await fetchBounded(address.href, signal);
  if (response.status !== 200) return `status ${response.status}`;
  const document: unknown = await response.json();
  if (typeof document !== 'object' || document === null) return 'no object';
  const { issuer: named, jwks_uri: keys } = document as Readonly<Record<string, unknown>>;
  // RFC 8414, section 3.3: a document of somebody else's must not be used.
  if (named !== issuer) return 'another issuer';
  const url = typeof keys === 'string' ? secureUrl(keys) : null;
  if (url === null || (address.protocol === 'https:' && url.protocol !== 'https:'))
    return 'no secure jwks_uri';
  return url;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const { cause } = error;
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  return code ?? error.name;
}
