import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { ConformanceGroup } from '../conformance-case.ts';
import { ARTIFACT_CASES } from './artifacts.ts';
import { CANCEL_CASES } from './cancel.ts';
import { CONCURRENCY_CASES } from './concurrency.ts';
import { CONSUMER_CASES } from './consumers.ts';
import { CONTRACT_CASES } from './contract.ts';
import { ENDING_CASES } from './endings.ts';
import { ENVIRONMENT_CASES } from './environment.ts';
import { FILE_CASES } from './files.ts';
import { ISOLATION_CASES } from './isolation.ts';
import { languageGroups } from './languages.ts';
import { LIFECYCLE_CASES } from './lifecycle.ts';
import { LIMIT_CASES } from './limits.ts';
import { LINK_CASES } from './links.ts';
import { NAME_CASES, REFUSED_PATH_CASES } from './names.ts';
import { OUTPUT_CAP_CASES } from './output-cap.ts';
import { REFUSAL_CASES } from './refusals.ts';
import { RESULT_CASES } from './results.ts';
import { STDIN_CASES } from './stdin.ts';
import { STREAM_CASES } from './streams.ts';
import { TIMEOUT_CASES } from './timeouts.ts';
import { WORK_DIRECTORY_CASES } from './work-directory.ts';

const GROUPS: readonly ConformanceGroup[] = [
  STREAM_CASES,
  STDIN_CASES,
  ENVIRONMENT_CASES,
  WORK_DIRECTORY_CASES,
  FILE_CASES,
  NAME_CASES,
  REFUSED_PATH_CASES,
  ARTIFACT_CASES,
  LINK_CASES,
  ENDING_CASES,
  TIMEOUT_CASES,
  CANCEL_CASES,
  OUTPUT_CAP_CASES,
  LIMIT_CASES,
  REFUSAL_CASES,
  CONCURRENCY_CASES,
  ISOLATION_CASES,
  CONTRACT_CASES,
  CONSUMER_CASES,
  RESULT_CASES,
  LIFECYCLE_CASES,
];

/** Every case that applies to an executor which runs these languages. Default: all nine. */
export function conformanceGroups(languages: readonly LanguageId[] = LANGUAGE_IDS): ConformanceGroup[] {
  const applies = (needed: readonly LanguageId[]): boolean =>
    needed.every((language) => languages.includes(language));
  const groups = GROUPS.map(({ concept, cases }) => ({
    concept,
    cases: cases.filter((one) => applies(one.languages)),
  }));
  return [...languageGroups(languages, LANGUAGE_IDS), ...groups];
}
