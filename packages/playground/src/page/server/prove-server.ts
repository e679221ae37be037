import { type Identity, type ProofSecret, ROUTES } from '../../api/http-routes.ts';

const CHALLENGE_BYTES = 32;

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
}

/**
 * Whether this user's server answers on the port: when it has ended, any program may take its place, and would be sent
 * the token, and keys that somebody types. Rejects where nobody answers.
 */
export async function proveServer({ id, key }: ProofSecret): Promise<boolean> {
  const challenge = toBase64Url(crypto.getRandomValues(new Uint8Array(CHALLENGE_BYTES)));
  const query = new URLSearchParams({ session: id, challenge });
  const answer = await fetch(`${ROUTES.identity}?${query}`, { cache: 'no-store' });
  if (!answer.ok) return false;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const secret = await crypto.subtle.importKey('raw', fromBase64Url(key), algorithm, false, ['verify']);
  const { proof } = (await answer.json()) as Identity;
  return await crypto.subtle.verify(
    'HMAC',
    secret,
    fromBase64Url(proof),
    new TextEncoder().encode(challenge),
  );
}
