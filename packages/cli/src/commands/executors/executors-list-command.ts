import type { LocalizedText } from '@cloche/core/executor';
import { addedExecutors, BUILT_IN_EXECUTORS } from '@cloche/mcp-server/command';
import { formatTable } from '../../output/format-table.ts';
import { outputWidth, print, printJson } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandFunction } from '../../program/command-definition.ts';

const BUILT_IN: LocalizedText = { en: 'built in', zh: '内置' };
const HEADINGS: readonly LocalizedText[] = [
  { en: 'NAME', zh: '名称' },
  { en: 'VERSION', zh: '版本' },
  { en: 'PACKAGE', zh: '包' },
];

/** `cloche executors list`: what is there; whether it works is the doctor's to say. */
export const executorsListCommand: CommandFunction = async (_words, options, context) => {
  const added = await addedExecutors(context).listPlugins();
  const builtIn = Object.keys(BUILT_IN_EXECUTORS);
  if (options.isSet('json')) {
    const shipped = builtIn.map((name) => ({
      name,
      origin: 'built-in',
      package: null,
      version: null,
      integrity: null,
    }));
    printJson([...shipped, ...added.map((record) => ({ ...record, origin: 'added' }))]);
    return 0;
  }
  const rows = [
    ...builtIn.map((name) => [name, '-', BUILT_IN[context.locale]]),
    ...added.map((record) => [record.name, printable(record.version), printable(record.package)]),
  ];
  print(formatTable([HEADINGS.map((heading) => heading[context.locale]), ...rows], outputWidth()));
  return 0;
};
