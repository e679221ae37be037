import type { OptionDefinition } from '../command/option-definition.ts';
import { SERVER_OPTIONS } from '../command/server-options.ts';

/** What this command understands: what `cloche mcp` does, and what every command of Cloche does. */
export const BIN_OPTIONS: readonly OptionDefinition[] = [
  ...SERVER_OPTIONS,
  {
    flags: '--lang <language>',
    description: { en: 'Speak English (en) or Chinese (zh).', zh: '使用英文（en）或中文（zh）。' },
    choices: ['en', 'zh'],
    group: 'everywhere',
  },
  {
    flags: '--debug',
    description: { en: 'Show stack traces and the log.', zh: '显示堆栈跟踪和日志。' },
    group: 'everywhere',
  },
  {
    flags: '-V, --version',
    description: { en: 'Show the version.', zh: '显示版本。' },
    group: 'everywhere',
  },
  {
    flags: '-h, --help',
    description: { en: 'Show this help.', zh: '显示本帮助。' },
    group: 'everywhere',
  },
];
