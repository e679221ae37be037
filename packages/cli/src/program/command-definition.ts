import type { LocalizedText } from '@cloche/core/executor';
import type { OptionDefinition } from '@cloche/mcp-server/command';
import type { CommandContext } from './command-context.ts';
import type { ParsedOptions } from './parsed-options.ts';

export interface ArgumentDefinition {
  /** `<file>` is required, `[file]` is not, `[args...]` takes all that is left. */
  readonly term: string;
  readonly description: LocalizedText;
}

export interface ExampleDefinition {
  readonly command: string;
  readonly meaning: LocalizedText;
}

/** One command as data: what commander parses, what the help and the completions show. */
export interface CommandDefinition {
  /** `run`, `executors add`. */
  readonly name: string;
  readonly summary: LocalizedText;
  /** Paragraphs below the options. */
  readonly details?: LocalizedText;
  readonly arguments: readonly ArgumentDefinition[];
  readonly options: readonly OptionDefinition[];
  readonly examples: readonly ExampleDefinition[];
  /** Null for a command that only holds others. */
  readonly load: (() => Promise<CommandFunction>) | null;
}

/** @returns the exit code */
export type CommandFunction = (
  commandArguments: readonly string[],
  options: ParsedOptions,
  context: CommandContext,
) => Promise<number>;
