import { CONFIG_KEYS } from '@cloche/core';
import type { ConfigEntry, ConfigParser } from '@cloche/core';
import { readConfig } from '@cloche/mcp-server/command';
import { formatTable } from '../../output/format-table.ts';
import { outputWidth, print, printJson } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { formatConfigValue } from './format-config-value.ts';

/** `cloche config`: every value, secrets shortened by core already. */
export const configCommand: CommandFunction = async (_words, options, context) => {
  const { entries } = await readConfig(context, {});
  const withSources = options.isSet('sources');
  if (options.isSet('json')) {
    printJson(withSources ? entries : Object.fromEntries(entries.map(({ key, value }) => [key, value])));
  } else {
    print(
      withSources
        ? sourcesTable(entries)
        : entries.map((entry) => `${entry.key} = ${shown(entry)}`).join('\n'),
    );
  }
  return 0;
};

function sourcesTable(entries: readonly ConfigEntry[]): string {
  const rows = entries.map((entry) => [entry.key, shown(entry), printable(entry.source.name)]);
  return formatTable(rows, outputWidth());
}

function shown({ key, value }: ConfigEntry): string {
  return printable(formatConfigValue(value, parserOf(key)));
}

/** Null for an option of an executor's own, which core does not know. */
function parserOf(key: string): ConfigParser | null {
  return CONFIG_KEYS.find((definition) => definition.key === key)?.parser ?? null;
}
