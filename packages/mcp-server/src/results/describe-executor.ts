import type { ExecutorReport } from '@cloche/core';
import type { LocalizedText, Locale } from '@cloche/core/executor';
import { clipText } from './clip-text.ts';
import { textForClient } from './text-for-client.ts';

const TEXT_CHARACTERS = 240;
const VERSION_CHARACTERS = 60;

/** What a model can use of one executor's report: no paths, no addresses. */
export interface ExecutorFacts {
  readonly name: string;
  readonly available: boolean;
  readonly version?: string;
  readonly problem?: string;
  readonly hint?: string;
  readonly isolation?: string;
  readonly networks?: readonly string[];
  /** To its version; `yes` where that is not known. */
  readonly languages?: Readonly<Record<string, string>>;
  readonly missing_languages?: readonly string[];
  readonly limits?: Readonly<Record<string, string>>;
  /** Every executor has them; what is kept differs. */
  readonly sessions?: 'keep files' | 'keep the sandbox';
}

export function describeExecutor(
  { name, probe, capabilities, error }: ExecutorReport,
  locale: Locale,
): ExecutorFacts {
  const start = { name: clipText(name, TEXT_CHARACTERS) };
  if (!probe.available || error !== null) {
    const problem = probe.available ? error?.text.message : probe.reason;
    const hint = probe.available ? error?.text.hint : probe.hint;
    return {
      ...start,
      available: false,
      problem: clipText(textOf(problem, locale), TEXT_CHARACTERS),
      hint: clipText(textOf(hint, locale), TEXT_CHARACTERS),
    };
  }
  const facts = { ...start, available: true, version: clipText(probe.version, TEXT_CHARACTERS) };
  if (capabilities === null) return facts;
  const languages = Object.entries(capabilities.languages);
  return {
    ...facts,
    isolation: capabilities.isolation,
    networks: capabilities.networks,
    languages: Object.fromEntries(
      languages.flatMap(([language, found]) =>
        found.available ? [[language, clipText(found.version ?? 'yes', VERSION_CHARACTERS)]] : [],
      ),
    ),
    missing_languages: languages.flatMap(([language, found]) => (found.available ? [] : [language])),
    limits: capabilities.limits,
    sessions: capabilities.sessions ? 'keep the sandbox' : 'keep files',
  };
}

function textOf(text: LocalizedText | null | undefined, locale: Locale): string {
  return text === null || text === undefined ? '' : textForClient(text, locale);
}
