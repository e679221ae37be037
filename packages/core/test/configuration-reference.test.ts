import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ConfigKeyDefinition } from '../src/config/config-key.ts';
import { CONFIG_KEYS } from '../src/config/config-keys.ts';
import { showConfigValue } from '../src/config/show-config-value.ts';

const PAGE = new URL('../../../docs/reference/configuration.md', import.meta.url);

const MEBIBYTE = 1024 * 1024;
const KINDS: Readonly<Record<ConfigKeyDefinition['parser'], string>> = {
  duration: 'duration',
  size: 'size',
  count: 'whole number',
  number: 'number',
  boolean: '`true`, `false`',
  enum: '',
  locale: '',
  list: 'list',
  pairs: 'pairs',
  text: 'text',
};
const PROJECT_FILE: Readonly<Record<ConfigKeyDefinition['projectFile'], string>> = {
  never: 'no',
  any: 'yes',
  lower: 'lower only',
  raise: 'raise only',
};

function code(text: string | null | undefined): string {
  return text === null || text === undefined ? '' : `\`${text}\``;
}

function shownDefault({ key, parser, defaultValue }: ConfigKeyDefinition): string {
  // The one default that depends on the machine.
  if (key === 'queue.concurrency') return 'processors, at least 2';
  if (defaultValue === null) return '';
  if (Array.isArray(defaultValue)) return defaultValue.length === 0 ? '' : code(defaultValue.join(', '));
  if (parser === 'duration') return code(`${Number(defaultValue) / 1000}s`);
  if (parser === 'size') return code(`${Number(defaultValue) / MEBIBYTE}MiB`);
  return code(showConfigValue(defaultValue));
}

function row(definition: ConfigKeyDefinition): string[] {
  const { key, variables, flag, parser, values, projectFile, description } = definition;
  return [
    code(key),
    variables.map(code).join(', '),
    code(flag),
    values === null ? KINDS[parser] : values.map(code).join(', '),
    shownDefault(definition),
    PROJECT_FILE[projectFile],
    description.en,
  ];
}

/** The cells of each row of the page's table of keys, whatever the padding. */
function documentedRows(): string[][] {
  const lines = readFileSync(PAGE, 'utf8').split('\n');
  const first = lines.findIndex((line) => /^\| key +\|/u.test(line));
  const table = lines.slice(
    first + 2,
    lines.findIndex((line, index) => index > first && !line.startsWith('|')),
  );
  return table.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

test('docs/reference/configuration.md lists every key as it is', () => {
  const rows = CONFIG_KEYS.map(row);
  // What the page's table has to be, ready to paste; the formatter pads it.
  const wanted = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  expect(
    documentedRows()
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
  ).toBe(wanted);
});
