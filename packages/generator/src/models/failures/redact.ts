const MAXIMUM_LENGTH = 300;
/** What keys look like, whole or with stars in the middle, as services quote them. */
const KEYS = /\b(?:sk|pk|gsk|xai|fw|csk|tgp|rk)[-_][\w*.-]{6,}|\bAIza[\w*-]{10,}|\bBearer\s+\S+/gu;

/**
 * A service's own words, fit for an error: one line, bounded, without control characters, keys and passwords.
 *
 * @param secret the key that was sent
 */
export function redact(words: string, secret: string | null): string {
  const withoutSecret = secret === null || secret === '' ? words : words.replaceAll(secret, '[key]');
  const plain = withoutSecret
    .replaceAll(KEYS, '[key]')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  const characters = [...plain];
  return characters.length <= MAXIMUM_LENGTH ? plain : `${characters.slice(0, MAXIMUM_LENGTH).join('')}…`;
}
