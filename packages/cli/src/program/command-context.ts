import type { Locale } from '@cloche/core/executor';
import type { MessageWriter } from '../output/message-writer.ts';

/** What a command works with. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
  readonly locale: Locale;
  /** Whether `--lang` chose the language, which the configuration then does not change. */
  readonly isLocaleGiven: boolean;
  /** `--debug`: stack traces and the log on stderr. */
  readonly isDebug: boolean;
  readonly messages: MessageWriter;
}
