import { GENERATOR_SERVICE_OPTIONS } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

export const MODELS_DEFINITION: CommandDefinition = {
  name: 'models',
  summary: {
    en: 'List the models that the configured service offers; * is the one that writes programs.',
    zh: '列出所配置服务提供的模型；* 是用于编写程序的模型。',
  },
  arguments: [],
  options: [
    { flags: '--json', description: { en: 'Print it as JSON.', zh: '以 JSON 输出。' } },
    ...GENERATOR_SERVICE_OPTIONS,
  ],
  details: {
    en: 'The service is asked for its list; nothing is generated, and nothing costs tokens.',
    zh: '只向服务查询列表，不生成内容，不消耗令牌。',
  },
  examples: [
    { command: 'cloche models', meaning: { en: 'See what --model takes.', zh: '查看 --model 可用的值。' } },
    {
      command: 'cloche models --provider compatible --base-url http://127.0.0.1:11434/v1',
      meaning: { en: 'Ask an Ollama on this machine.', zh: '查询本机的 Ollama。' },
    },
  ],
  load: async () => (await import('../../commands/models/models-command.ts')).modelsCommand,
};
