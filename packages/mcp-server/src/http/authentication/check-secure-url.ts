import { ClocheError } from '@cloche/core/executor';
import { LOOPBACK_NAMES } from '../addresses/loopback-names.ts';

/**
 * What tokens depend on comes over HTTPS, or does not leave the machine.
 *
 * @throws ClocheError ERR_CONFIG_INVALID
 */
export function checkSecureUrl(option: string, text: string): URL {
  const url = URL.parse(text);
  const isSecure = url?.protocol === 'https:';
  const isLocal = url?.protocol === 'http:' && LOOPBACK_NAMES.includes(url.hostname);
  if (url !== null && (isSecure || isLocal) && url.hash === '' && url.username === '') return url;
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
