import { ClocheError } from '@cloche/core/executor';
import type { GeneratorProvider } from '@cloche/core';

/** How keys of one provider begin, and no other's. */
const KEY_BEGINNINGS: readonly { readonly beginning: string; readonly provider: GeneratorProvider }[] = [
  { beginning: 'sk-ant-', provider: 'anthropic' },
  { beginning: 'sk-proj-', provider: 'openai' },
  { beginning: 'AIza', provider: 'google' },
];

/**
 * @param isOwnAddress whether it goes to the provider's own address
 * @throws ClocheError `ERR_CONFIG_INVALID` where it cannot be a key, or is another provider's; without showing it
 */
export function checkKey(
  key: string,
  source: string,
  provider: GeneratorProvider,
  isOwnAddress: boolean,
): string {
  const trimmed = key.trim();
  // Anything else would not fit into a header, and be shown by the error that says so.
  if (!/^[\u0021-\u007E]+$/u.test(trimmed)) {
    throw new ClocheError({
      code: 'ERR_CONFIG_INVALID',
      message: {
        en: `The key from ${source} has spaces or characters in it that no key has.`,
        zh: `${source} 中的密钥含有空格或密钥中不会出现的字符。`,
      },
      hint: { en: `Copy the key anew into ${source}.`, zh: `请将密钥重新复制到 ${source}。` },
    });
  }
  const owner = KEY_BEGINNINGS.find(({ beginning }) => trimmed.startsWith(beginning))?.provider;
  if (isOwnAddress && owner !== undefined && owner !== provider) {
    throw new ClocheError({
      code: 'ERR_CONFIG_INVALID',
      message: {
        en: `The key from ${source} is one of ${owner}, and generator.provider is ${provider}.`,
        zh: `${source} 中的密钥属于 ${owner}，而 generator.provider 为 ${provider}。`,
      },
      hint: {
        en: `Set generator.provider (CLOCHE_GENERATOR_PROVIDER) to ${owner}, or give a key of ${provider}.`,
        zh: `请将 generator.provider（CLOCHE_GENERATOR_PROVIDER）设为 ${owner}，或提供 ${provider} 的密钥。`,
      },
    });
  }
  return trimmed;
}
