import type { ExecutorReport } from '@cloche/core';
import { ENFORCED_LIMITS, LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import type { LocalizedText } from '@cloche/core/executor';

/** Something that is missing or weaker than it could be. */
export interface Gap {
  /** `local, Go`. */
  readonly where: LocalizedText;
  readonly reason: LocalizedText;
  readonly hint: LocalizedText | null;
  /** Commands to paste. */
  readonly fix: readonly string[];
}

/** Everything that a report has to complain of: executors first, then their languages, then what is weaker. */
export function findGaps(reports: readonly ExecutorReport[]): Gap[] {
  return reports.flatMap((report) => [
    ...executorGaps(report),
    ...languageGaps(report),
    ...weaknesses(report),
  ]);
}

function executorGaps({ name, probe, error, origin }: ExecutorReport): Gap[] {
  const where = { en: name, zh: name };
  if (!probe.available) {
    const { reason, hint, fix } = probe;
    const isMissing = origin === 'missing' && fix.length === 0;
    return [{ where, reason, hint, fix: isMissing ? [`cloche executors add ${name}`] : fix }];
  }
  return error === null ? [] : [{ where, reason: error.text.message, hint: error.text.hint, fix: [] }];
}

function languageGaps({ name, capabilities }: ExecutorReport): Gap[] {
  return LANGUAGE_IDS.flatMap((id) => {
    const language = capabilities?.languages[id];
    if (language === undefined || language.available) return [];
    const { displayName } = LANGUAGES[id];
    const where = { en: `${name}, ${displayName}`, zh: `${name}，${displayName}` };
    return [{ where, reason: language.reason, hint: language.hint, fix: language.fix }];
  });
}

function weaknesses({ name, capabilities }: ExecutorReport): Gap[] {
  if (capabilities === null) return [];
  const where = { en: name, zh: name };
  const gaps: Gap[] = capabilities.warnings.map((reason) => ({ where, reason, hint: null, fix: [] }));
  const watched = ENFORCED_LIMITS.filter((limit) => capabilities.limits[limit] === 'best-effort');
  const absent = ENFORCED_LIMITS.filter((limit) => capabilities.limits[limit] === 'unsupported');
  if (watched.length > 0) {
    const list = watched.join(', ');
    gaps.push({
      where,
      reason: { en: `Watched, not enforced: ${list}.`, zh: `仅监控、不强制的限制：${list}。` },
      hint: null,
      fix: [],
    });
  }
  if (absent.length > 0) {
    const list = absent.join(', ');
    gaps.push({
      where,
      reason: { en: `No limit on: ${list}.`, zh: `没有限制：${list}。` },
      hint: null,
      fix: [],
    });
  }
  return gaps;
}
