import type { Locale, LocalizedText } from '@cloche/core/executor';
import { displayWidth, padToWidth, wrapText } from '../output/display-width.ts';
import { standardOutput } from '../output/standard-streams.ts';
import { styled } from '../output/styles.ts';
import type { OptionDefinition, OptionGroup } from '@cloche/mcp-server/command';
import type { CommandDefinition } from './command-definition.ts';
import { EVERYWHERE_OPTIONS } from './everywhere-options.ts';

const TITLES = {
  usage: { en: 'Usage', zh: '用法' },
  arguments: { en: 'Arguments', zh: '参数' },
  commands: { en: 'Commands', zh: '命令' },
  general: { en: 'Options', zh: '选项' },
  limits: {
    en: 'Limits (one that is given here is kept, or the run is refused)',
    zh: '限制（在此给出的限制必须得到执行，否则拒绝运行）',
  },
  everywhere: { en: 'Everywhere', zh: '通用选项' },
  examples: { en: 'Examples', zh: '示例' },
} satisfies Readonly<Record<string, LocalizedText>>;

const HELP_OPTION: OptionDefinition = {
  flags: '-h, --help',
  description: { en: 'Show this help.', zh: '显示本帮助。' },
  group: 'everywhere',
};
const VERSION_OPTION: OptionDefinition = {
  flags: '-V, --version',
  description: { en: 'Show the version.', zh: '显示版本。' },
  group: 'everywhere',
};
const MAXIMUM_WIDTH = 80;
const MAXIMUM_TERM_WIDTH = 28;

/**
 * The help of one command.
 *
 * @param children the commands below it; may be empty
 */
export function formatHelp(
  definition: CommandDefinition,
  children: readonly CommandDefinition[],
  locale: Locale,
): string {
  const stream = standardOutput();
  const width = Math.min(MAXIMUM_WIDTH, Math.max(40, stream.columns ?? MAXIMUM_WIDTH));
  const title = (text: LocalizedText): string =>
    styled('bold', `${text[locale]}${locale === 'zh' ? '：' : ':'}`, stream);
  const section = (text: LocalizedText, items: readonly (readonly [string, string])[]): string[] =>
    items.length === 0 ? [] : [`${title(text)}\n${formatItems(items, width)}`];

  const isRoot = definition.name === '';
  const options = [
    ...definition.options,
    ...EVERYWHERE_OPTIONS,
    ...(isRoot ? [VERSION_OPTION] : []),
    HELP_OPTION,
  ];
  const inGroup = (group: OptionGroup): [string, string][] =>
    options
      .filter((option) => (option.group ?? 'general') === group)
      .map((option) => [option.flags, option.description[locale]]);

  const parts = [
    `${title(TITLES.usage)} ${usage(definition, children)}`,
    wrapText(definition.summary[locale], width).join('\n'),
    ...section(
      TITLES.arguments,
      definition.arguments.map(({ term, description }) => [term, description[locale]]),
    ),
    ...section(
      TITLES.commands,
      children.map(({ name, summary }) => [name, summary[locale]]),
    ),
    ...section(TITLES.general, inGroup('general')),
    ...section(TITLES.limits, inGroup('limits')),
    ...section(TITLES.everywhere, inGroup('everywhere')),
    ...(definition.details === undefined ? [] : [wrapText(definition.details[locale], width).join('\n')]),
    ...section(
      TITLES.examples,
      definition.examples.map(({ command, meaning }) => [command, meaning[locale]]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function usage(definition: CommandDefinition, children: readonly CommandDefinition[]): string {
  const words = ['cloche', ...(definition.name === '' ? [] : [definition.name])];
  if (children.length > 0) words.push('<command>');
  if (definition.options.length > 0) words.push('[options]');
  return [...words, ...definition.arguments.map(({ term }) => term)].join(' ');
}

/** Two columns; a long first one has a line of its own. */
function formatItems(items: readonly (readonly [string, string])[], width: number): string {
  const widths = items
    .map(([term]) => displayWidth(term))
    .filter((termWidth) => termWidth <= MAXIMUM_TERM_WIDTH);
  const column = Math.max(0, ...widths) + 4;
  return items
    .flatMap(([term, description]) => {
      const lines = wrapText(description, width - column);
      const indented = lines.map((line) => ' '.repeat(column) + line);
      if (displayWidth(term) > MAXIMUM_TERM_WIDTH) return [`  ${term}`, ...indented];
      return [padToWidth(`  ${term}`, column) + (lines[0] ?? ''), ...indented.slice(1)];
    })
    .join('\n');
}
