import { padToWidth } from '../src/output/display-width.ts';
import type { AreaResult, Figure } from './figure.ts';
import { isKept } from './figure.ts';
import { rounded } from './statistics.ts';

const HEADINGS = ['figure', 'measured', 'bar', '', 'n', 'made of'] as const;

export function formatArea(name: string, { figures, skipped }: AreaResult): string {
  const rows = [HEADINGS, ...figures.map(row)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => padToWidth(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [name, ...lines, ...skipped.map((skip) => `not measured: ${skip.name}: ${skip.reason}`)].join('\n');
}

function row(figure: Figure): string[] {
  const { name, value, unit, bar, count, detail } = figure;
  const limit = bar === null ? '' : `${bar.relation} ${bar.value}`;
  const verdict = bar === null ? '' : isKept(figure) ? 'pass' : 'MISS';
  return [
    name,
    `${Number.isInteger(value) ? value : rounded(value)} ${unit}`.trim(),
    limit,
    verdict,
    String(count),
    detail,
  ];
}
