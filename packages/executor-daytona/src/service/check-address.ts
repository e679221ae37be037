import type { LocalizedText } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import type { DaytonaOptions } from '../options.ts';
import { DEFAULT_API_URL } from '../options.ts';

/** Where guides of the former service still send people. */
const FORMER_HOST = 'api.daytona.dev';

/**
 * The key and the address that it is sent to.
 *
 * @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` without a key, `ERR_CONFIG_INVALID` for an address of the former service
 */
export function checkAddress({ apiKey, apiUrl }: DaytonaOptions): {
  readonly apiKey: string;
  readonly apiUrl: string;
} {
  const address = apiUrl ?? DEFAULT_API_URL;
  if (isFormer(address)) throw formerAddress(address);
  if (apiKey === null) {
    throw new ClocheError({ code: 'ERR_EXECUTOR_UNAVAILABLE', message: NO_KEY, hint: NO_KEY_HINT });
  }
  return { apiKey, apiUrl: address };
}

/** Null where nothing is wrong with it: a key that travels in clear text can be read on the way. */
export function addressWarning({ apiUrl }: DaytonaOptions): LocalizedText | null {
  if (apiUrl === null) return null;
  const { protocol, hostname } = new URL(apiUrl);
  if (protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname)) return null;
  return {
    en: `The address ${apiUrl} is not https: whoever is on the way can read the key.`,
    zh: `地址 ${apiUrl} 不是 https：途经的任何人都能读取密钥。`,
  };
}

const NO_KEY: LocalizedText = {
  en: 'No Daytona API key is configured.',
  zh: '未配置 Daytona API 密钥。',
};
const NO_KEY_HINT: LocalizedText = {
  en: 'Make a key at https://app.daytona.io/dashboard/keys and set it: export DAYTONA_API_KEY=…, or apiKey in the table [daytona] of your config.toml. A .streamlit/secrets.toml of this directory is taken over with: cloche config import',
  zh: '请在 https://app.daytona.io/dashboard/keys 创建密钥并设置：export DAYTONA_API_KEY=…，或写入 config.toml 的 [daytona] 表的 apiKey。本目录的 .streamlit/secrets.toml 可用以下命令导入：cloche config import',
};

function isFormer(address: string): boolean {
  const { hostname, pathname } = new URL(address);
  return hostname.replace(/\.$/u, '') === FORMER_HOST || /\/workspaces?(?:\/|$)/iu.test(pathname);
}

function formerAddress(address: string): ClocheError {
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The address ${address} is that of the former Daytona service (api.daytona.dev, /workspaces), which is no more.`,
      zh: `地址 ${address} 属于已停用的旧版 Daytona 服务（api.daytona.dev、/workspaces）。`,
    },
    hint: {
      en: `Set the new one: export DAYTONA_API_URL=${DEFAULT_API_URL} (DAYTONA_API_BASE in a secrets.toml), or leave it out. cloche config --sources says where the old one stands.`,
      zh: `请设置新地址：export DAYTONA_API_URL=${DEFAULT_API_URL}（secrets.toml 中为 DAYTONA_API_BASE），或直接省略。cloche config --sources 会显示旧地址的来源。`,
    },
  });
}
