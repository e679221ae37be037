import type { OptionDefinition } from '@cloche/mcp-server/command';
import { SERVER_OPTIONS } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

const NAME_OPTION: OptionDefinition = {
  flags: '--name <NAME>',
  description: { en: 'The name of the entry. Default: cloche.', zh: '条目名称。默认 cloche。' },
};

export const MCP_DEFINITION: CommandDefinition = {
  name: 'mcp',
  summary: {
    en: 'Let an AI client run code: an MCP server, on standard input and output or over HTTP.',
    zh: '让 AI 客户端运行代码：MCP 服务器，使用标准输入和输出，或通过 HTTP。',
  },
  arguments: [],
  options: SERVER_OPTIONS,
  details: {
    en: [
      'Clients start it themselves, with cloche mcp or npx -y @cloche/mcp-server. It ends with its client, or by SIGTERM or SIGINT, within five seconds and with everything that it ran.',
      'Over HTTP every request needs the token. A server that other machines reach runs programs in a container or not at all, unless --isolation says otherwise.',
    ].join('\n\n'),
    zh: [
      '客户端会通过 cloche mcp 或 npx -y @cloche/mcp-server 自行启动它。客户端退出，或收到 SIGTERM、SIGINT 时，它会在五秒内连同正在运行的一切一起结束。',
      '通过 HTTP 时每个请求都需要令牌。其他机器可访问的服务器只在容器中运行程序，除非 --isolation 另有规定。',
    ].join('\n\n'),
  },
  examples: [
    {
      command: 'cloche mcp install --client claude-code',
      meaning: { en: 'Tell a client of it.', zh: '为客户端配置。' },
    },
    {
      command: 'cloche mcp --http --executor docker',
      meaning: { en: 'Serve over HTTP on this machine.', zh: '在本机通过 HTTP 提供服务。' },
    },
  ],
  load: async () => (await import('../../commands/mcp/mcp-command.ts')).mcpCommand,
};

export const MCP_INSTALL_DEFINITION: CommandDefinition = {
  name: 'mcp install',
  summary: {
    en: 'Write one entry for Cloche into the file of an AI client, and change nothing else in it.',
    zh: '在 AI 客户端的文件中写入一个 Cloche 条目，其他内容不变。',
  },
  arguments: [],
  options: [
    {
      flags: '--client <NAME>',
      description: {
        en: 'claude-code, claude-desktop, cursor, vscode, vscode-insiders, windsurf, devin, codex, gemini or zed. Without it: say which are here.',
        zh: 'claude-code、claude-desktop、cursor、vscode、vscode-insiders、windsurf、devin、codex、gemini 或 zed。不加则列出本机的客户端。',
      },
    },
    {
      flags: '--scope <word>',
      description: {
        en: 'user (all of your projects, the default), project (the file of the one in this directory, which others see) or local (that project, for you alone; Claude Code has it).',
        zh: 'user（你的所有项目，默认）、project（当前目录项目的文件，他人可见）或 local（该项目，仅限你本人；Claude Code 支持）。',
      },
      choices: ['user', 'project', 'local'],
    },
    NAME_OPTION,
    {
      flags: '--local',
      description: {
        en: 'Have the client start this very command, by its path, in place of what npx fetches.',
        zh: '让客户端按路径启动当前这个命令，而不是由 npx 获取。',
      },
    },
    {
      flags: '--dry-run',
      description: {
        en: 'Show what would change, and change nothing.',
        zh: '只显示将要更改的内容，不做修改。',
      },
    },
    { flags: '--uninstall', description: { en: 'Take the entry out again.', zh: '移除该条目。' } },
    {
      flags: '--force',
      description: {
        en: 'Also where the client is not found, or an entry of the name is not Cloche’s.',
        zh: '即使未找到客户端，或同名条目不属于 Cloche，也照样执行。',
      },
    },
  ],
  details: {
    en: 'Comments, order and indentation stay as they are, and the old file is kept beside the new one. A second run changes nothing.',
    zh: '注释、顺序和缩进保持不变，原文件会备份在旁边。再次运行不会产生任何更改。',
  },
  examples: [
    {
      command: 'cloche mcp install --client cursor --dry-run',
      meaning: { en: 'See what it would write.', zh: '查看将写入的内容。' },
    },
    {
      command: 'cloche mcp install --client zed --uninstall',
      meaning: { en: 'Take it out again.', zh: '再次移除。' },
    },
  ],
  load: async () => (await import('../../commands/mcp/mcp-install-command.ts')).mcpInstallCommand,
};

export const MCP_CLIENTS_DEFINITION: CommandDefinition = {
  name: 'mcp clients',
  summary: {
    en: 'List the AI clients that can be set up: which are here, and which know of Cloche.',
    zh: '列出可配置的 AI 客户端：哪些在本机，哪些已配置 Cloche。',
  },
  arguments: [],
  options: [NAME_OPTION, { flags: '--json', description: { en: 'Print it as JSON.', zh: '以 JSON 输出。' } }],
  examples: [
    { command: 'cloche mcp clients', meaning: { en: 'See which are here.', zh: '查看本机的客户端。' } },
  ],
  load: async () => (await import('../../commands/mcp/mcp-clients-command.ts')).mcpClientsCommand,
};
