import type { GenerationTests } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';

const USUAL_NAME = 'solution';

/**
 * Under which name tests find the program: `solution`, unless they speak of no such thing and do speak of what they
 * are named for themselves, as `test_slug.py` does of `slug`.
 */
export function testedFileName(language: LanguageId, tests: GenerationTests): string {
  const extension = LANGUAGES[language].extensions[0] ?? '';
  const names = [USUAL_NAME, subjectOf(tests.fileName)].map((name) =>
    language === 'java' ? name.charAt(0).toUpperCase() + name.slice(1) : name,
  );
  const named = names.find((name) => name !== '' && speaksOf(tests.code, name));
  return `${named ?? names[0] ?? USUAL_NAME}${extension}`;
}

/** `slug` for `test_slug.py`, `slug_test.go`, `slug.test.ts` and `SlugTest.java`; empty for `tests.py`. */
function subjectOf(fileName: string): string {
  const base = fileName.slice(fileName.lastIndexOf('/') + 1).replace(/\.\w+$/u, '');
  const subject = base.replace(/^tests?[_.-]|[_.-](?:tests?|spec)$|(?<=[a-z\d])Tests?$/u, '');
  return subject === base || !/^\w+$/u.test(subject) ? '' : subject;
}

function speaksOf(code: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z\\d_])${name}(?![A-Za-z\\d_])`, 'u').test(code);
}
