import type { LocalizedText } from '@cloche/core/executor';

/** One option of a command line, as data: what is parsed, what the help and the completions show. */
export interface OptionDefinition {
  /** `-l, --language <name>`; without `<…>` it is a switch. */
  readonly flags: string;
  readonly description: LocalizedText;
  /** Whether it may stand there several times. Default false. */
  readonly isRepeatable?: boolean;
  readonly choices?: readonly string[];
  /** Under which heading the help shows it. Default `general`. */
  readonly group?: OptionGroup;
}

export type OptionGroup = 'general' | 'limits' | 'everywhere';
