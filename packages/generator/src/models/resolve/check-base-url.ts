import { ClocheError } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';
import { isPrivateHost } from './is-private-host.ts';

/**
 * @param source where it comes from, for the error
 * @returns it without a slash at its end
 * @throws ClocheError `ERR_CONFIG_INVALID` where nothing is sent to such an address; what stands in it is not shown,
 *   since it may hold a key
 */
export function checkBaseUrl(given: string, source: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw refused(source, {
      en: 'is not an address that begins with http:// or https://.',
      zh: '不是以 http:// 或 https:// 开头的地址。',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(
      source,
      { en: 'has a user name or password in it.', zh: '其中含有用户名或密码。' },
      {
        en: 'Give the key as generator.apiKey (CLOCHE_GENERATOR_API_KEY), in the same place as the address.',
        zh: '请将密钥设为 generator.apiKey（CLOCHE_GENERATOR_API_KEY），并与地址放在同一处。',
      },
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw refused(source, {
      en: 'has a part behind ? or #, which a base address cannot have.',
      zh: '含有 ? 或 # 之后的部分，而基础地址不能有这一部分。',
    });
  }
  if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) {
    throw refused(
      source,
      {
        en: `leads over http:// to ${url.hostname}: key and prompt would travel in the clear.`,
        zh: `经 http:// 通往 ${url.hostname}：密钥和提示将以明文传输。`,
      },
      {
        en: 'Use https://. http:// is for this computer and private networks.',
        zh: '请使用 https://。http:// 仅用于本机和私有网络。',
      },
    );
  }
  return url.href.replace(/\/+$/u, '');
}

function refused(source: string, problem: LocalizedText, hint: LocalizedText | null = null): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The address of the model’s API, from ${source}, ${problem.en}`,
      zh: `${source} 中的模型 API 地址${problem.zh}`,
    },
    hint: hint ?? {
      en: 'A base address looks like https://api.deepseek.com/v1 or http://127.0.0.1:11434/v1.',
      zh: '基础地址形如 https://api.deepseek.com/v1 或 http://127.0.0.1:11434/v1。',
    },
  });
}
