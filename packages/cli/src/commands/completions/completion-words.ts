import { GENERATOR_PROVIDERS } from '@cloche/core';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { OptionDefinition } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../../program/command-definition.ts';
import { ALL_DEFINITIONS } from '../../program/definitions/all-definitions.ts';
import { EVERYWHERE_OPTIONS } from '../../program/everywhere-options.ts';

export interface CompletionOption {
  /** `--language`, `-l`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Null: a switch. Empty: anything, so files are offered. */
  readonly values: readonly string[] | null;
}

export interface CompletionCommand {
  /** `executors add`. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletionOption[];
  /** Words that its first argument may be; empty: files. */
  readonly words: readonly string[];
}

const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--language': LANGUAGE_IDS,
  '--executor': ['auto', 'local', 'docker', 'daytona'],
  '--network': ['none', 'full'],
  '--sandbox': ['auto', 'required', 'off'],
  '--provider': GENERATOR_PROVIDERS,
  '--isolation': ['none', 'process', 'container', 'user-kernel', 'microvm'],
};

const ARGUMENT_WORDS: Readonly<Record<string, readonly string[]>> = {
  completions: ['bash', 'zsh', 'fish'],
  'images pull': LANGUAGE_IDS,
};

/** The commands as a shell sees them, in English: a script is made once and read by every shell. */
export function completionCommands(): CompletionCommand[] {
  return ALL_DEFINITIONS.map((definition) => ({
    name: definition.name,
    description: definition.summary.en,
    options: [...definition.options, ...EVERYWHERE_OPTIONS].map(completionOption),
    words: [...childNames(definition), ...(ARGUMENT_WORDS[definition.name] ?? [])],
  }));
}

/** Of the level below alone. */
function childNames({ name }: CommandDefinition): string[] {
  const prefix = `${name} `;
  return ALL_DEFINITIONS.filter((other) => other.name.startsWith(prefix))
    .map((other) => other.name.slice(prefix.length))
    .filter((rest) => !rest.includes(' '));
}

function completionOption({ flags, description, choices }: OptionDefinition): CompletionOption {
  const names = flags.replace(/ <.*/u, '').split(', ');
  const long = names.at(-1) ?? '';
  return {
    names,
    description: description.en,
    values: flags.includes('<') ? (choices ?? VALUES[long] ?? []) : null,
  };
}
