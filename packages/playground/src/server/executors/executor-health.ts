import type { ExecutorReport } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { ExecutorHealth, LanguageHealth } from '../../api/executor-health.ts';

/** What `doctor` says of one executor, for the page. */
export function executorHealth({ name, origin, probe, capabilities, error }: ExecutorReport): ExecutorHealth {
  if (!probe.available) {
    const isMissing = origin === 'missing' && probe.fix.length === 0;
    return {
      name,
      available: false,
      isolation: null,
      version: null,
      reason: probe.reason,
      hint: probe.hint,
      fix: isMissing ? [`cloche executors add ${name}`] : probe.fix,
      languages: {},
      limits: {},
    };
  }
  const languages: Partial<Record<LanguageId, LanguageHealth>> = {};
  for (const id of LANGUAGE_IDS) {
    const language = capabilities?.languages[id];
    if (language === undefined) languages[id] = { available: null, version: null, hint: null };
    else if (language.available) languages[id] = { available: true, version: language.version, hint: null };
    else languages[id] = { available: false, version: null, hint: language.hint };
  }
  return {
    name,
    available: error === null,
    isolation: capabilities?.isolation ?? null,
    version: probe.version,
    reason: error?.text.message ?? null,
    hint: error?.text.hint ?? null,
    fix: [],
    languages,
    limits: capabilities?.limits ?? {},
  };
}
