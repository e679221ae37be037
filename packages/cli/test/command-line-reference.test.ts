import { expect, test } from 'vitest';
import type { OptionDefinition } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../src/program/command-definition.ts';
import { ALL_DEFINITIONS } from '../src/program/definitions/all-definitions.ts';
import { EVERYWHERE_OPTIONS } from '../src/program/everywhere-options.ts';
import { readPage } from './documentation/page.ts';

/** The parts of the page, by their heading. */
const SECTIONS: ReadonlyMap<string, string> = new Map(
  readPage('docs/reference/cli.md')
    .text.split(/^## /mu)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', section]),
);

const COMMANDS = ALL_DEFINITIONS.filter(({ load }) => load !== null);

/** The rows of a section's tables whose first cell is code, without padding. */
function documentedRows(heading: string): string[] {
  const rows = [...(SECTIONS.get(heading) ?? '').matchAll(/^\| (?<code>`.+?`) +\| (?<meaning>.+?) +\|$/gmu)];
  return rows.map(({ groups }) => `| ${groups?.['code']} | ${groups?.['meaning']} |`);
}

function row(code: string, meaning: string): string {
  return `| \`${code.replaceAll('|', '\\|')}\` | ${meaning.replaceAll('|', '\\|')} |`;
}

function optionRow({ flags, description }: OptionDefinition): string {
  return row(flags, description.en);
}

function rowsOf({ arguments: words, options }: CommandDefinition): string[] {
  return [...words.map(({ term, description }) => row(term, description.en)), ...options.map(optionRow)];
}

test('docs/reference/cli.md has a section for every command, and no other', () => {
  expect([...SECTIONS.keys()].filter((heading) => heading.startsWith('cloche '))).toEqual(
    COMMANDS.map(({ name }) => `cloche ${name}`),
  );
});

test.each(COMMANDS)('docs/reference/cli.md says of cloche $name what the help says', (definition) => {
  expect(documentedRows(`cloche ${definition.name}`).join('\n')).toBe(rowsOf(definition).join('\n'));
});

test('docs/reference/cli.md has the options of every command', () => {
  expect(documentedRows('Everywhere').join('\n')).toBe(EVERYWHERE_OPTIONS.map(optionRow).join('\n'));
});
