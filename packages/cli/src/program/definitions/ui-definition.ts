import { CONFIG_OPTIONS, GENERATOR_OPTIONS } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

export const UI_DEFINITION: CommandDefinition = {
  name: 'ui',
  summary: {
    en: 'Open the playground: a web page of this machine alone, to write programs, or have them written, and watch them run.',
    zh: '打开 Playground：仅限本机的网页，用于编写或生成程序并观看其运行。',
  },
  arguments: [],
  options: [
    {
      flags: '--port <number>',
      description: {
        en: 'The port of the page; 0 takes any free one. Default: 7440, or the next one that is free.',
        zh: '网页的端口；0 表示任意空闲端口。默认 7440，已占用时使用下一个空闲端口。',
      },
    },
    {
      flags: '--no-open',
      description: {
        en: 'Open no browser: the address is printed in any case.',
        zh: '不打开浏览器；无论如何都会输出地址。',
      },
    },
    ...GENERATOR_OPTIONS,
    ...CONFIG_OPTIONS,
  ],
  details: {
    en: [
      'The address is good once, and only on this machine. Whoever has it can run programs as you, so it is not for sharing. The page hands it on to further tabs by itself.',
      'What an option says here cannot be changed in the page. Ctrl-C ends the server and every program that still runs.',
    ].join('\n\n'),
    zh: [
      '该地址只能使用一次，且仅限本机。持有它的人可以以你的身份运行程序，因此请勿分享。网页会自行将其传递给其他标签页。',
      '此处选项指定的内容不能在网页中更改。按 Ctrl-C 会结束服务器以及仍在运行的所有程序。',
    ].join('\n\n'),
  },
  examples: [
    { command: 'cloche ui', meaning: { en: 'Open the page in your browser.', zh: '在浏览器中打开网页。' } },
    {
      command: 'cloche ui --no-open --port 8080',
      meaning: {
        en: 'On another machine, behind: ssh -L 8080:127.0.0.1:8080 HOST',
        zh: '在另一台机器上，配合 ssh -L 8080:127.0.0.1:8080 HOST 使用。',
      },
    },
  ],
  load: async () => (await import('../../commands/ui/ui-command.ts')).uiCommand,
};
