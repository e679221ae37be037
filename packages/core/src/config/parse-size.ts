import { ClocheError } from '../executor/errors/cloche-error.ts';

const KIBIBYTE = 1024;
const PREFIXES = ['', 'k', 'm', 'g', 't'] as const;
const SIZE = /^(?<number>\d+(?:\.\d+)?|\.\d+)\s*(?<prefix>[kmgt]?)(?<suffix>i?b?)$/u;

/**
 * Bytes of `512MiB`, `1GB`, `64k`, `4096`. `KiB` and `k` are 1024, `kB` is 1000; a number alone is bytes.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` with the text at fault
 */
export function parseSize(text: string): number {
  const match = SIZE.exec(text.trim().toLowerCase());
  const { number, prefix = '', suffix = '' } = match?.groups ?? {};
  // A letter alone means what it means to `docker run --memory` and `ulimit`: powers of 1024.
  const base = suffix === 'b' && prefix !== '' ? 1000 : KIBIBYTE;
  const power = PREFIXES.findIndex((candidate) => candidate === prefix);
  const bytes = Math.round(Number(number) * base ** power);
  if (match !== null && !(prefix === '' && suffix.startsWith('i')) && Number.isSafeInteger(bytes))
    return bytes;
  const shown = JSON.stringify(text);
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: { en: `${shown} is not a size.`, zh: `${shown} 不是有效的大小。` },
    hint: {
      en: 'Give a number with KiB, MiB or GiB (or kB, MB, GB), such as 512MiB; a number alone means bytes.',
      zh: '请给出带单位 KiB、MiB 或 GiB（或 kB、MB、GB）的数字，例如 512MiB；不带单位表示字节。',
    },
  });
}
