import { displayWidth, padToWidth, wrapText } from './display-width.ts';

const GAP = 2;

/**
 * Rows in columns, within `width`: the last column is wrapped, the others keep their text whole.
 * The first row is the heading.
 */
export function formatTable(rows: readonly (readonly string[])[], width: number): string {
  const columnCount = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columnCount }, (_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  const fixedWidth = widths.slice(0, -1).reduce((sum, columnWidth) => sum + columnWidth + GAP, 0);
  const lastWidth = Math.max(20, width - fixedWidth);
  return rows
    .flatMap((row) => {
      const cells = widths
        .slice(0, -1)
        .map((columnWidth, column) => padToWidth(row[column] ?? '', columnWidth + GAP));
      const lines = wrapText(row[columnCount - 1] ?? '', lastWidth);
      return lines.map((line, index) => (index === 0 ? cells.join('') : ' '.repeat(fixedWidth)) + line);
    })
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Text below a heading, each line moved in and none longer than `width`. */
export function indentText(text: string, indent: number, width: number): string {
  return wrapText(text, width - indent)
    .map((line) => ' '.repeat(indent) + line)
    .join('\n');
}
