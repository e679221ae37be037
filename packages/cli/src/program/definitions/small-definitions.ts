import { DAYTONA_SERVICE_OPTIONS } from '@cloche/mcp-server/command';
import type { OptionDefinition } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

const JSON_OPTION: OptionDefinition = {
  flags: '--json',
  description: { en: 'Print it as JSON.', zh: '以 JSON 输出。' },
};

export const LANGUAGES_DEFINITION: CommandDefinition = {
  name: 'languages',
  summary: { en: 'List the languages, their names and extensions.', zh: '列出语言及其名称和扩展名。' },
  arguments: [],
  options: [JSON_OPTION],
  examples: [
    {
      command: 'cloche languages',
      meaning: { en: 'See what --language takes.', zh: '查看 --language 可用的值。' },
    },
  ],
  load: async () => (await import('../../commands/languages/languages-command.ts')).languagesCommand,
};

export const CONFIG_DEFINITION: CommandDefinition = {
  name: 'config',
  summary: { en: 'Show the configuration that is in force.', zh: '显示当前生效的配置。' },
  arguments: [],
  options: [
    {
      flags: '--sources',
      description: {
        en: 'Say where each value came from: a variable, a file and its line, or the default.',
        zh: '显示每个值的来源：环境变量、文件及行号，或默认值。',
      },
    },
    JSON_OPTION,
  ],
  examples: [
    {
      command: 'cloche config --sources',
      meaning: { en: 'Find out why a value is what it is.', zh: '查明某个值的来源。' },
    },
  ],
  load: async () => (await import('../../commands/config/config-command.ts')).configCommand,
};

export const CONFIG_IMPORT_DEFINITION: CommandDefinition = {
  name: 'config import',
  summary: {
    en: 'Take the DAYTONA_… values of .streamlit/secrets.toml here over into your own configuration.',
    zh: '将此处 .streamlit/secrets.toml 中的 DAYTONA_… 值导入你自己的配置。',
  },
  arguments: [],
  options: [],
  examples: [
    {
      command: 'cloche config import',
      meaning: { en: 'Take over the one of this directory.', zh: '导入当前目录中的文件。' },
    },
  ],
  load: async () => (await import('../../commands/config/config-import-command.ts')).configImportCommand,
};

export const CLEAN_DEFINITION: CommandDefinition = {
  name: 'clean',
  summary: {
    en: 'Remove what runs that were killed have left behind: directories, processes, containers, sandboxes.',
    zh: '清除被强制终止的运行遗留的目录、进程、容器和沙箱。',
  },
  arguments: [],
  options: [
    {
      flags: '--cache',
      description: {
        en: 'Remove the cache as well; the next runs are slower.',
        zh: '同时删除缓存；之后的运行会变慢。',
      },
    },
    ...DAYTONA_SERVICE_OPTIONS,
  ],
  details: {
    en: 'What belongs to a run that is still under way is left alone.',
    zh: '仍在进行的运行不受影响。',
  },
  examples: [
    { command: 'cloche clean', meaning: { en: 'After a crash.', zh: '崩溃之后。' } },
    { command: 'cloche clean --cache', meaning: { en: 'Give the disk space back.', zh: '释放磁盘空间。' } },
  ],
  load: async () => (await import('../../commands/clean/clean-command.ts')).cleanCommand,
};

export const COMPLETIONS_DEFINITION: CommandDefinition = {
  name: 'completions',
  summary: {
    en: 'Print a script that completes commands and options in a shell.',
    zh: '输出 shell 补全脚本。',
  },
  arguments: [{ term: '<SHELL>', description: { en: 'bash, zsh or fish', zh: 'bash、zsh 或 fish' } }],
  options: [],
  examples: [
    {
      command: 'source <(cloche completions bash)',
      meaning: { en: 'In ~/.bashrc.', zh: '写入 ~/.bashrc。' },
    },
    {
      command: 'cloche completions fish > ~/.config/fish/completions/cloche.fish',
      meaning: { en: 'For fish.', zh: '用于 fish。' },
    },
  ],
  load: async () => (await import('../../commands/completions/completions-command.ts')).completionsCommand,
};
