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
    const counts = new Map<string, number>();
    for (const [word] of code.matchAll(/\btest\w*/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const isNamedAgain = (name: string): boolean => (counts.get(name) ?? 0) > 1;
    // Bounded, since a line may be as long as the tests are.
    const hasCases = /^class \w+\([^\n]{0,400}\bTestCase\b[^\n]{0,400}\):/mu.test(code);
    return (names.length > 0 || hasCases) && !names.some(isNamedAgain);
  },
  go: ({ fileName, code }) => fileName.endsWith('_test.go') || !/^func main\(/mu.test(code),
  rust: ({ code }) => /^[ \t]*#\[test\]/mu.test(code),
};

/** Whether tests are only declared, for a tool to run them: started as a program, they would test nothing. */
export function testsRunNothing(tests: GenerationTests): boolean {
  return RULES[tests.language]?.(tests) ?? false;
}
