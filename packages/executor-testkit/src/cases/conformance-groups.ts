import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { ConformanceGroup } from '../conformance-case.ts';
import { languageGroups } from './languages.ts';

export function conformanceGroups(languages: readonly LanguageId[]): ConformanceGroup[] {
  return languageGroups(languages, LANGUAGE_IDS);
}
