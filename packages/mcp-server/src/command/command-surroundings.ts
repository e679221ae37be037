import type { CommandMessages } from './command-messages.ts';

/** What is around a command, whichever of the two binaries it belongs to. */
export interface CommandSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
  /** Whether `--lang` chose the language, which the configuration then does not change. */
  readonly isLocaleGiven: boolean;
  /** `--debug`: stack traces and the log on stderr. */
  readonly isDebug: boolean;
  /** Where the log goes. Opened on first use, since that costs a millisecond or two of the start. */
  readonly errorStream: NodeJS.WriteStream;
  readonly messages: CommandMessages;
}
