import { invalidRequest } from '../../run/invalid-request.ts';

const DEFAULT_NAME = 'cloche';
/** What every client takes, and what needs no quotes in TOML. */
const NAME = /^[a-z\d][\w-]{0,63}$/iu;

/** @throws ClocheError `ERR_REQUEST_INVALID` */
export function entryName(given: string | null): string {
  const name = given ?? DEFAULT_NAME;
  if (NAME.test(name)) return name;
  const shown = JSON.stringify(name);
  throw invalidRequest(
    { en: `${shown} is no name for an entry.`, zh: `${shown} 不能用作条目名称。` },
    {
      en: 'Use letters, digits, dashes and underscores, 64 at most.',
      zh: '请使用字母、数字、短横线和下划线，最多 64 个字符。',
    },
  );
}
