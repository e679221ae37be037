import type { LocalizedText } from '../executor/localized-text.ts';

/** The warning about a file with a key in it that other users may read. */
export function openToOthers(path: string): LocalizedText {
  return {
    en: `Other users of this machine can read the key in ${path}. Close it: chmod 600 '${path}'`,
    zh: `本机其他用户可以读取 ${path} 中的密钥。请收回权限：chmod 600 '${path}'`,
  };
}
