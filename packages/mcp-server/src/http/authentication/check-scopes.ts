import { ClocheError } from '@cloche/core/executor';

/** RFC 6749, section 3.3: what can stand between the quotes of a challenge. */
const SCOPE = /^[\u0021\u0023-\u005B\u005D-\u007E]+$/u;

/** @throws ClocheError ERR_CONFIG_INVALID */
export function checkScopes(scopes: readonly string[]): void {
  const wrong = scopes.find((scope) => !SCOPE.test(scope));
  if (wrong === undefined) return;
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The required scope ${JSON.stringify(wrong)} is not a scope.`,
      zh: `所要求的 scope ${JSON.stringify(wrong)} 无效。`,
    },
    hint: {
      en: 'Give each scope by itself, without spaces, quotes or backslashes.',
      zh: '请逐个给出 scope，不含空格、引号或反斜杠。',
    },
  });
}
