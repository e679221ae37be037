import { ClocheError } from '@cloche/core/executor';
import { LOOPBACK_NAMES } from '../addresses/loopback-names.ts';

/** Null where it is no address, or what comes from there could be anybody's. */
export function secureUrl(text: string): URL | null {
  const url = URL.parse(text);
  if (url === null || url.hash !== '' || url.username !== '') return null;
  const isLocal = url.protocol === 'http:' && LOOPBACK_NAMES.includes(url.hostname);
  return url.protocol === 'https:' || isLocal ? url : null;
}

/**
 * What tokens depend on comes over HTTPS, or does not leave the machine.
 *
 * @throws ClocheError ERR_CONFIG_INVALID
 */
export function checkSecureUrl(option: string, text: string): URL {
  const url = secureUrl(text);
  if (url !== null) return url;
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The option ${option} of the authentication with JWTs is not an HTTPS address.`,
      zh: `JWT 认证的选项 ${option} 不是 HTTPS 地址。`,
    },
    hint: {
      en: 'Give a whole address, such as https://login.example.com/; http is allowed on loopback alone.',
      zh: '请给出完整地址，例如 https://login.example.com/；只有环回地址可以使用 http。',
    },
  });
}
