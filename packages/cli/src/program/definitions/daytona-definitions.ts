import { DAYTONA_SERVICE_OPTIONS } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

const CREATE_EXAMPLE = 'cloche daytona snapshot create';
const LIST_EXAMPLE = 'cloche daytona snapshot list';
const JSON_OPTION = { flags: '--json', description: { en: 'Print it as JSON.', zh: '以 JSON 输出。' } };

export const DAYTONA_DEFINITION: CommandDefinition = {
  name: 'daytona',
  summary: {
    en: 'Manage what the executor daytona uses at its service.',
    zh: '管理 daytona 执行器在服务端使用的内容。',
  },
  arguments: [],
  options: [],
  details: {
    en: 'The executor itself is added with: cloche executors add daytona',
    zh: '执行器本身的添加方法：cloche executors add daytona',
  },
  examples: [
    {
      command: CREATE_EXAMPLE,
      meaning: { en: 'Make a snapshot for every language.', zh: '创建适用于所有语言的快照。' },
    },
  ],
  load: null,
};

export const SNAPSHOT_DEFINITION: CommandDefinition = {
  name: 'daytona snapshot',
  summary: {
    en: 'Create, list and delete the snapshots that sandboxes are made from.',
    zh: '创建、列出和删除沙箱所用的快照。',
  },
  arguments: [],
  options: [],
  examples: [{ command: LIST_EXAMPLE, meaning: { en: 'See what there is.', zh: '查看现有快照。' } }],
  load: null,
};

export const SNAPSHOT_CREATE_DEFINITION: CommandDefinition = {
  name: 'daytona snapshot create',
  summary: {
    en: 'Build a snapshot at the service with the toolchains of every language.',
    zh: '在服务端构建包含所有语言工具链的快照。',
  },
  arguments: [],
  options: [
    {
      flags: '--name <NAME>',
      description: {
        en: 'The name that it gets. Default: cloche-toolchains.',
        zh: '快照名称。默认 cloche-toolchains。',
      },
    },
    {
      flags: '--base <IMAGE>',
      description: {
        en: 'What it is built on; a Debian or Ubuntu, or an image that has every toolchain. Default: debian:trixie-slim.',
        zh: '基础镜像：Debian、Ubuntu，或已有全部工具链的镜像。默认 debian:trixie-slim。',
      },
    },
    {
      flags: '--cpu <N>',
      description: {
        en: 'Processors of its sandboxes. Default: the service’s.',
        zh: '沙箱的处理器数。默认由服务决定。',
      },
    },
    {
      flags: '--memory <GiB>',
      description: {
        en: 'Memory of its sandboxes, in whole GiB. Default: the service’s.',
        zh: '沙箱的内存，以 GiB 为单位的整数。默认由服务决定。',
      },
    },
    {
      flags: '--disk <GiB>',
      description: {
        en: 'Disk of its sandboxes, in whole GiB. Default: the service’s.',
        zh: '沙箱的磁盘，以 GiB 为单位的整数。默认由服务决定。',
      },
    },
    JSON_OPTION,
    ...DAYTONA_SERVICE_OPTIONS,
  ],
  details: {
    en: 'What the build prints goes to stderr. Ctrl-C ends the waiting; a build that has begun goes on at the service.',
    zh: '构建输出写到标准错误。按 Ctrl-C 可停止等待；已开始的构建会在服务端继续。',
  },
  examples: [
    { command: CREATE_EXAMPLE, meaning: { en: 'One for every language.', zh: '适用于所有语言。' } },
    {
      command: 'cloche daytona snapshot create --name big --cpu 4 --memory 8',
      meaning: { en: 'With more resources.', zh: '使用更多资源。' },
    },
  ],
  load: async () => (await import('../../commands/daytona/snapshot-create-command.ts')).snapshotCreateCommand,
};

export const SNAPSHOT_LIST_DEFINITION: CommandDefinition = {
  name: 'daytona snapshot list',
  summary: { en: 'List the snapshots of your organization.', zh: '列出你的组织的快照。' },
  arguments: [],
  options: [JSON_OPTION, ...DAYTONA_SERVICE_OPTIONS],
  examples: [{ command: LIST_EXAMPLE, meaning: { en: 'See what there is.', zh: '查看现有快照。' } }],
  load: async () => (await import('../../commands/daytona/snapshot-list-command.ts')).snapshotListCommand,
};

export const SNAPSHOT_DELETE_DEFINITION: CommandDefinition = {
  name: 'daytona snapshot delete',
  summary: { en: 'Delete a snapshot of your organization.', zh: '删除你的组织的快照。' },
  arguments: [{ term: '<NAME>', description: { en: 'As the list shows it.', zh: '列表中显示的名称。' } }],
  options: [...DAYTONA_SERVICE_OPTIONS],
  examples: [
    {
      command: 'cloche daytona snapshot delete cloche-toolchains',
      meaning: { en: 'Delete it.', zh: '删除它。' },
    },
  ],
  load: async () => (await import('../../commands/daytona/snapshot-delete-command.ts')).snapshotDeleteCommand,
};
