import { ClocheError } from '@cloche/core/executor';
import type { Locale } from '@cloche/core/executor';
import { Command, Option } from 'commander';
import { nearestName } from '@cloche/core';
import { printable } from '../output/printable.ts';
import { standardOutput } from '../output/standard-streams.ts';
import type { OptionDefinition } from '@cloche/mcp-server/command';
import type { CommandDefinition } from './command-definition.ts';
import { EVERYWHERE_OPTIONS } from './everywhere-options.ts';
import { formatHelp } from './format-help.ts';
import { ParsedOptions } from './parsed-options.ts';
import { usageError } from './usage-error.ts';

export interface ProgramOptions {
  /** The command line as a whole: its `name` is empty. */
  readonly root: CommandDefinition;
  readonly commands: readonly CommandDefinition[];
  readonly version: string;
  /** The words after `cloche`. Commands that are not among them are known by name alone, which is quicker. */
  readonly words: readonly string[];
  readonly locale: Locale;
  /** Called with the command that was chosen. */
  readonly onCommand: (
    definition: CommandDefinition,
    words: readonly string[],
    options: ParsedOptions,
  ) => Promise<void>;
}

/** Makes the parser of the definitions. It throws a CommanderError after help and version, a ClocheError for all that is wrong. */
export function buildProgram(options: ProgramOptions): Command {
  const program = new Command('cloche');
  program.version(options.version, '-V, --version').enablePositionalOptions();
  configure(program, options.root, options);
  for (const definition of options.commands) {
    const names = definition.name.split(' ');
    let parent = program;
    for (const name of names.slice(0, -1))
      parent = parent.commands.find((command) => command.name() === name) ?? parent;
    const command = parent.command(names.at(-1) ?? '');
    if (names.every((name) => options.words.includes(name))) configure(command, definition, options);
  }
  return program;
}

function configure(command: Command, definition: CommandDefinition, options: ProgramOptions): void {
  const children = childrenOf(definition, options.commands);
  command
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : usageError(error, definition.name);
    })
    .helpOption('-h, --help')
    .configureOutput({ writeOut: (text) => standardOutput().write(text), writeErr: () => undefined })
    .configureHelp({ formatHelp: () => formatHelp(definition, children, options.locale) })
    .allowExcessArguments(false);
  if (children.length > 0) command.helpCommand('help [command]').enablePositionalOptions();
  for (const { term } of definition.arguments) command.argument(term);
  for (const option of [...definition.options, ...EVERYWHERE_OPTIONS]) command.addOption(toOption(option));
  if (definition.load !== null) {
    command.action(() => options.onCommand(definition, command.args, new ParsedOptions(command.opts())));
  }
}

function childrenOf(parent: CommandDefinition, commands: readonly CommandDefinition[]): CommandDefinition[] {
  const prefix = parent.name === '' ? '' : `${parent.name} `;
  return commands.filter(
    ({ name }) => name.startsWith(prefix) && !name.slice(prefix.length).includes(' ') && name !== parent.name,
  );
}

function toOption({ flags, isRepeatable, choices }: OptionDefinition): Option {
  const option = new Option(flags);
  if (isRepeatable === true) option.argParser<string[]>((value, previous) => [...(previous ?? []), value]);
  if (choices !== undefined) option.argParser<string>((value) => checkChoice(flags, value, choices));
  return option;
}

function checkChoice(flags: string, value: string, choices: readonly string[]): string {
  if (choices.includes(value)) return value;
  const flag = flags.replace(/ <.*/u, '');
  const nearest = nearestName(value, choices);
  const known = choices.join(', ');
  throw new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: {
      en: `${printable(value)} is not a value of ${flag}; it takes ${known}.`,
      zh: `${printable(value)} 不是 ${flag} 的有效值；可用：${known}。`,
    },
    hint:
      nearest === null
        ? null
        : { en: `Did you mean ${flag} ${nearest}?`, zh: `是否要用 ${flag} ${nearest}？` },
  });
}
