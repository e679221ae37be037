import type { GenerationTests } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';

/** What tools of a language look for and run, which a program that is only started does not. */
const RULES: Readonly<Partial<Record<LanguageId, (tests: GenerationTests) => boolean>>> = {
  python: ({ code }) => {
    if (/__main__|\b(?:main|globals|dir|locals|testmod|run)\(/u.test(code)) return false;
    const names = Array.from(
      code.matchAll(/^(?:async )?def (?<name>test\w*)\(/gmu),
      ([, name]) => name ?? '',
    );
    const isNamedAgain = (name: string): boolean => code.split(new RegExp(`\\b${name}\\b`, 'u')).length > 2;
    const hasCases = /^class \w+\(.*\bTestCase\b.*\):/mu.test(code);
    return (names.length > 0 || hasCases) && !names.some(isNamedAgain);
  },
  go: ({ fileName, code }) => fileName.endsWith('_test.go') || !/^func main\(/mu.test(code),
  rust: ({ code }) => /^\s*#\[test\]/mu.test(code),
};

/** Whether tests are only declared, for a tool to run them: started as a program, they would test nothing. */
export function testsRunNothing(tests: GenerationTests): boolean {
  return RULES[tests.language]?.(tests) ?? false;
}
