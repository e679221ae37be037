import { DAYTONA_OPTIONS } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

export const DOCTOR_DEFINITION: CommandDefinition = {
  name: 'doctor',
  summary: {
    en: 'Show which executor runs which language here, how strongly it isolates, and what to do about each gap.',
    zh: '显示各执行器在此可运行的语言、隔离强度，以及每个缺口的处理方法。',
  },
  arguments: [],
  options: [
    { flags: '--json', description: { en: 'Print it as JSON.', zh: '以 JSON 输出。' } },
    ...DAYTONA_OPTIONS,
  ],
  details: {
    en: 'The exit code is 0 when any language can run, else 125. Nothing that costs money is started: an executor for which that would be needed shows ? for a language until its first run.',
    zh: '只要有语言可以运行，退出码即为 0，否则为 125。不会启动任何产生费用的内容：需要付费才能查明的语言在首次运行前显示 ?。',
  },
  examples: [
    { command: 'cloche doctor', meaning: { en: 'See what can run here.', zh: '查看此处可运行的内容。' } },
    {
      command: "cloche doctor --json | jq '.executors[].name'",
      meaning: { en: 'Read it in a script.', zh: '在脚本中读取。' },
    },
  ],
  load: async () => (await import('../../commands/doctor/doctor-command.ts')).doctorCommand,
};
