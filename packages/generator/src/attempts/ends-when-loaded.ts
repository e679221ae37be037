import type { LanguageId } from '@cloche/core/executor';
import type { GenerationTask } from './generation-task.ts';
import { testedFileName } from './tested-file-name.ts';

interface LoadedLanguage {
  /** Whether the tests load the module of this name into their own process. */
  readonly loads: (tests: string, name: string) => boolean;
  /** A line that ends the process, and stands in no function and under no condition. */
  readonly end: RegExp;
}

const MODULE_LOADED = (tests: string, name: string): boolean =>
  new RegExp(`(?:require\\(|\\bfrom|\\bimport\\(?)\\s*['"]\\./${name}(?:\\.\\w+)?['"]`, 'u').test(tests);

const LANGUAGES: Readonly<Partial<Record<LanguageId, LoadedLanguage>>> = {
  python: {
    loads: (tests, name) => new RegExp(`^[ \\t]*(?:from|import)[ \\t]+${name}\\b`, 'mu').test(tests),
    end: /^(?:(?:sys\.)?exit|quit|os\._exit)\(|^raise SystemExit\b/mu,
  },
  javascript: { loads: MODULE_LOADED, end: /^process\.exit\(/mu },
  typescript: { loads: MODULE_LOADED, end: /^process\.exit\(/mu },
};

/**
 * Whether a program ends the process that loads it: its tests would never run, and exit with 0 all the same. Finds
 * what happens by mistake, not what is hidden.
 */
export function endsWhenLoaded({ tests }: GenerationTask, language: LanguageId, code: string): boolean {
  const rules = LANGUAGES[language];
  if (tests === null || rules === undefined || tests.language !== language) return false;
  const name = testedFileName(language, tests).replace(/\.\w+$/u, '');
  return rules.loads(tests.code, name) && rules.end.test(code);
}
