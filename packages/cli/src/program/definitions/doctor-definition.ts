import { DAYTONA_OPTIONS, GENERATOR_SERVICE_OPTIONS } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

export const DOCTOR_DEFINITION: CommandDefinition = {
  name: 'doctor',
  summary: {
    en: 'Show which executor runs which language here, how strongly it isolates, which model writes programs, and what to do about each gap.',
    zh: '显示各执行器在此可运行的语言、隔离强度、编写程序的模型，以及每个缺口的处理方法。',
  },
  arguments: [],
  options: [
    { flags: '--json', description: { en: 'Print it as JSON.', zh: '以 JSON 输出。' } },
    ...DAYTONA_OPTIONS,
    ...GENERATOR_SERVICE_OPTIONS,
  ],
  details: {
    en: 'The exit code is 0 when any language can run, else 125; whether a model is there to write programs does not count. Nothing that costs money is started: an executor for which that would be needed shows ? for a language until its first run.',
    zh: '只要有语言可以运行，退出码即为 0，否则为 125；是否有模型可编写程序不影响退出码。不会启动任何产生费用的内容：需要付费才能查明的语言在首次运行前显示 ?。',
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
