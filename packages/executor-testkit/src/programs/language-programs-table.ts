import type { LanguageId } from '@cloche/core/executor';
import { BASH_PROGRAMS } from './bash.ts';
import { C_PROGRAMS } from './c.ts';
import { CPP_PROGRAMS } from './cpp.ts';
import { GO_PROGRAMS } from './go.ts';
import { JAVA_PROGRAMS } from './java.ts';
import { JAVASCRIPT_PROGRAMS } from './javascript.ts';
import type { LanguagePrograms } from './language-programs.ts';
import { PYTHON_PROGRAMS } from './python.ts';
import { RUST_PROGRAMS } from './rust.ts';
import { TYPESCRIPT_PROGRAMS } from './typescript.ts';

/** A record, so that a new language does not compile until it has its programs. */
export const LANGUAGE_PROGRAMS: Readonly<Record<LanguageId, LanguagePrograms>> = {
  python: PYTHON_PROGRAMS,
  javascript: JAVASCRIPT_PROGRAMS,
  typescript: TYPESCRIPT_PROGRAMS,
  java: JAVA_PROGRAMS,
  go: GO_PROGRAMS,
  rust: RUST_PROGRAMS,
  bash: BASH_PROGRAMS,
  c: C_PROGRAMS,
  cpp: CPP_PROGRAMS,
};
