import type { Config, ExecutorReport } from '@cloche/core';
import { ENFORCED_LIMITS, LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import type { Locale, LocalizedText } from '@cloche/core/executor';
import { displayWidth, padToWidth } from '../../output/display-width.ts';
import { indentText } from '../../output/format-table.ts';
import { printable } from '../../output/printable.ts';
import { describeGenerator, generatorGaps } from './describe-generator.ts';
import { findGaps } from './find-gaps.ts';
import type { Gap } from './find-gaps.ts';
import { hasUnknownLanguage } from './has-unknown-language.ts';
import type { GeneratorReport } from './inspect-generator.ts';
import { MODE_ADVICE } from './mode-advice.ts';

const LABEL_WIDTH = 13;
const MINIMUM_COLUMN_WIDTH = 15;

const TEXTS = {
  isolation: { en: 'isolation', zh: '隔离级别' },
  network: { en: 'network', zh: '网络' },
  limits: { en: 'limits kept', zh: '强制限制' },
  missing: { en: 'missing', zh: '缺少' },
  unavailable: { en: 'unavailable', zh: '不可用' },
  unknownVersion: { en: 'yes', zh: '可用' },
  gaps: { en: 'What is missing or weaker here, and what to do:', zh: '缺少或较弱的部分，以及处理方法：' },
  noGaps: { en: 'Nothing is missing.', zh: '没有缺少任何内容。' },
  auto: { en: 'auto tries', zh: 'auto 依次尝试' },
  modes: { en: 'Which one suits what:', zh: '如何选择：' },
} satisfies Readonly<Record<string, LocalizedText>>;

/** The whole page: a table of languages by executors, every gap with its way out, and what suits what. */
export function formatReport(
  reports: readonly ExecutorReport[],
  generator: GeneratorReport,
  config: Config,
  locale: Locale,
  width: number,
): string {
  const perTable = Math.max(1, Math.floor((width - LABEL_WIDTH) / MINIMUM_COLUMN_WIDTH));
  const tables = chunk(reports, perTable).map((group) => formatExecutors(group, locale, width));
  const unknown = reports.filter(({ capabilities }) => hasUnknownLanguage(capabilities));
  const gaps = [...findGaps(reports), ...generatorGaps(generator)].map((gap) =>
    formatGap(gap, locale, width),
  );
  const advice = MODE_ADVICE.map(
    ({ mode, text }) => padToWidth(`  ${mode}`, 11) + indentText(text[locale], 11, width).trimStart(),
  );
  const details = reports.flatMap(({ name, capabilities }) =>
    (capabilities?.details ?? []).map((text) => indentText(`${name}: ${printable(text[locale])}`, 0, width)),
  );
  return [
    ...tables,
    ...(unknown.length === 0 ? [] : [indentText(unknownLanguages(unknown)[locale], 0, width)]),
    ...(details.length === 0 ? [] : [details.join('\n')]),
    `${TEXTS.auto[locale]}: ${config.auto.order.join(', ')}`,
    indentText(describeGenerator(generator)[locale], 0, width),
    gaps.length === 0 ? TEXTS.noGaps[locale] : `${TEXTS.gaps[locale]}\n${gaps.join('\n')}`,
    `${TEXTS.modes[locale]}\n${advice.join('\n')}`,
  ].join('\n\n');
}

function unknownLanguages(reports: readonly ExecutorReport[]): LocalizedText {
  const names = reports.map(({ name }) => name);
  return {
    en: `?: not known yet. The first run on ${names.join(', ')} looks it up, since that costs something.`,
    zh: `?：尚不清楚。查询会产生费用，因此首次在 ${names.join('、')} 上运行时才会查明。`,
  };
}

function formatGap({ where, reason, hint, fix }: Gap, locale: Locale, width: number): string {
  const isHintRepeated = hint !== null && fix.some((command) => hint.en.endsWith(command));
  return [
    indentText(`${where[locale]}: ${reason[locale]}`, 2, width),
    ...(hint === null || isHintRepeated ? [] : [indentText(hint[locale], 4, width)]),
    // Not wrapped: it is there to be pasted.
    ...fix.map((command) => `    $ ${command}`),
  ].join('\n');
}

function formatExecutors(reports: readonly ExecutorReport[], locale: Locale, width: number): string {
  const columnWidth = Math.min(22, Math.floor((width - LABEL_WIDTH) / reports.length));
  const line = (label: string, cells: readonly string[]): string =>
    (
      padToWidth(label, LABEL_WIDTH) +
      cells.map((cell) => padToWidth(shorten(cell, columnWidth - 1), columnWidth)).join('')
    ).trimEnd();
  return [
    line(
      '',
      reports.map(({ name }) => name),
    ),
    line(
      TEXTS.isolation[locale],
      reports.map((report) => isolationOf(report, locale)),
    ),
    line(
      '',
      reports.map(({ capabilities }) => capabilities?.isolationDetail ?? ''),
    ),
    line(
      TEXTS.network[locale],
      reports.map(({ capabilities }) => capabilities?.networks.join(', ') ?? '-'),
    ),
    line(TEXTS.limits[locale], reports.map(limitsOf)),
    ...LANGUAGE_IDS.map((id) =>
      line(
        LANGUAGES[id].displayName,
        reports.map((report) => languageOf(report, id, locale)),
      ),
    ),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

function isolationOf({ capabilities, origin }: ExecutorReport, locale: Locale): string {
  if (capabilities !== null) return capabilities.isolation;
  return origin === 'missing' ? TEXTS.missing[locale] : TEXTS.unavailable[locale];
}

function limitsOf({ capabilities }: ExecutorReport): string {
  if (capabilities === null) return '-';
  const kept = ENFORCED_LIMITS.filter((limit) => capabilities.limits[limit] === 'enforced');
  return `${kept.length}/${ENFORCED_LIMITS.length}`;
}

function languageOf(
  { capabilities }: ExecutorReport,
  id: (typeof LANGUAGE_IDS)[number],
  locale: Locale,
): string {
  if (capabilities === null) return '-';
  const language = capabilities.languages[id];
  if (language === undefined) return '?';
  if (!language.available) return '-';
  return printable(language.version ?? TEXTS.unknownVersion[locale]);
}

function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let short = '';
  for (const character of text) {
    if (displayWidth(short + character) > width - 1) break;
    short += character;
  }
  return `${short}…`;
}

function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
