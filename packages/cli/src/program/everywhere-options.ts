import type { OptionDefinition } from '@cloche/mcp-server/command';

/** What every command understands. Read before the command line is parsed, so that its errors follow them too. */
export const EVERYWHERE_OPTIONS: readonly OptionDefinition[] = [
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
];
