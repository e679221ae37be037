import type { CommandDefinition } from '../command-definition.ts';

export const EXECUTORS_DEFINITION: CommandDefinition = {
  name: 'executors',
  summary: { en: 'Add, list and remove executors.', zh: '添加、列出和删除执行器。' },
  arguments: [],
  options: [],
  examples: [
    { command: 'cloche executors list', meaning: { en: 'See what there is.', zh: '查看现有执行器。' } },
    { command: 'cloche executors add daytona', meaning: { en: 'Add one.', zh: '添加执行器。' } },
  ],
  load: null,
};

export const EXECUTORS_LIST_DEFINITION: CommandDefinition = {
  name: 'executors list',
  summary: {
    en: 'List the executors that are built in and those that you added.',
    zh: '列出内置和已添加的执行器。',
  },
  arguments: [],
  options: [{ flags: '--json', description: { en: 'Print it as JSON.', zh: '以 JSON 输出。' } }],
  examples: [
    { command: 'cloche executors list', meaning: { en: 'See what there is.', zh: '查看现有执行器。' } },
  ],
  load: async () => (await import('../../commands/executors/executors-list-command.ts')).executorsListCommand,
};

export const EXECUTORS_ADD_DEFINITION: CommandDefinition = {
  name: 'executors add',
  summary: {
    en: 'Install an executor into your own plugin directory. Its code runs as you: add only what you trust.',
    zh: '将执行器安装到你自己的插件目录。其代码以你的身份运行：只添加可信的执行器。',
  },
  arguments: [
    {
      term: '<NAME|PACKAGE|TARBALL>',
      description: {
        en: 'NAME is @cloche/executor-NAME; @scope/name or npm:name is a package; a .tgz is a file.',
        zh: 'NAME 表示 @cloche/executor-NAME；@scope/name 或 npm:name 表示包；.tgz 表示文件。',
      },
    },
  ],
  options: [],
  details: {
    en: 'Install scripts are not run. A project’s own node_modules and cloche.toml are never read for executors.',
    zh: '不会运行安装脚本。绝不会从项目的 node_modules 或 cloche.toml 加载执行器。',
  },
  examples: [
    {
      command: 'cloche executors add daytona',
      meaning: { en: 'Add the executor for Daytona.', zh: '添加 Daytona 执行器。' },
    },
    {
      command: 'cloche executors add ./my-executor-1.0.0.tgz',
      meaning: { en: 'Add your own.', zh: '添加你自己的执行器。' },
    },
  ],
  load: async () => (await import('../../commands/executors/executors-add-command.ts')).executorsAddCommand,
};

export const EXECUTORS_REMOVE_DEFINITION: CommandDefinition = {
  name: 'executors remove',
  summary: { en: 'Remove an executor that you added.', zh: '删除已添加的执行器。' },
  arguments: [{ term: '<NAME>', description: { en: 'As the list shows it.', zh: '列表中显示的名称。' } }],
  options: [],
  examples: [{ command: 'cloche executors remove daytona', meaning: { en: 'Remove it.', zh: '删除它。' } }],
  load: async () =>
    (await import('../../commands/executors/executors-remove-command.ts')).executorsRemoveCommand,
};
