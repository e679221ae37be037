import type { CommandSurroundings } from '@cloche/mcp-server/command';
import type { Locale } from '@cloche/core/executor';
import type { MessageWriter } from '../output/message-writer.ts';

/** What a command works with. */
export interface CommandContext extends CommandSurroundings {
  readonly locale: Locale;
  readonly messages: MessageWriter;
}
