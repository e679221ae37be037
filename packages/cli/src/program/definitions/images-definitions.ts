import type { CommandDefinition } from '../command-definition.ts';

export const IMAGES_DEFINITION: CommandDefinition = {
  name: 'images',
  summary: {
    en: 'List, pull and build the images that docker runs programs in.',
    zh: '列出、拉取和构建 docker 运行程序所用的镜像。',
  },
  arguments: [],
  options: [],
  examples: [
    { command: 'cloche images list', meaning: { en: 'See what is here.', zh: '查看本机已有的镜像。' } },
    { command: 'cloche images build', meaning: { en: 'Make one for all.', zh: '构建一个通用镜像。' } },
  ],
  load: null,
};

export const IMAGES_LIST_DEFINITION: CommandDefinition = {
  name: 'images list',
  summary: {
    en: 'List the image of each language, and whether it is here.',
    zh: '列出各语言的镜像，以及本机是否已有。',
  },
  arguments: [],
  options: [{ flags: '--json', description: { en: 'Print it as JSON.', zh: '以 JSON 输出。' } }],
  examples: [
    { command: 'cloche images list', meaning: { en: 'See what is missing.', zh: '查看缺少的镜像。' } },
  ],
  load: async () => (await import('../../commands/images/images-list-command.ts')).imagesListCommand,
};

export const IMAGES_PULL_DEFINITION: CommandDefinition = {
  name: 'images pull',
  summary: {
    en: 'Pull images ahead, so that no run waits for them.',
    zh: '提前拉取镜像，运行时无需等待。',
  },
  arguments: [
    {
      term: '[LANGUAGES...]',
      description: { en: 'Languages. Default: all.', zh: '语言。默认全部。' },
    },
  ],
  options: [
    {
      flags: '--again',
      description: {
        en: 'Pull those too that are here, to get newer ones of the same name.',
        zh: '已有的也重新拉取，以获得同名的新版本。',
      },
    },
  ],
  examples: [
    {
      command: 'cloche images pull python typescript',
      meaning: { en: 'Be ready for two languages.', zh: '为两种语言做准备。' },
    },
  ],
  load: async () => (await import('../../commands/images/images-pull-command.ts')).imagesPullCommand,
};

export const IMAGES_BUILD_DEFINITION: CommandDefinition = {
  name: 'images build',
  summary: {
    en: 'Build one image on this machine for all languages, with caches filled: quick, and for offline use.',
    zh: '在本机构建一个包含所有语言且缓存已填充的镜像：速度快，可离线使用。',
  },
  arguments: [],
  options: [
    {
      flags: '--base <IMAGE>',
      description: {
        en: 'What it is built on; a Debian or Ubuntu, or an image that has every toolchain. Default: debian:trixie-slim.',
        zh: '基础镜像：Debian、Ubuntu，或已有全部工具链的镜像。默认 debian:trixie-slim。',
      },
    },
    {
      flags: '--tag <NAME>',
      description: {
        en: 'The name that it gets. Default: cloche/toolchains:latest.',
        zh: '镜像名称。默认 cloche/toolchains:latest。',
      },
    },
  ],
  details: {
    en: 'Toolchains that the base has are kept, the others come from its distribution. On a base that has all of them the build needs no network.',
    zh: '保留基础镜像已有的工具链，其余从其发行版安装。基础镜像已有全部工具链时，构建无需网络。',
  },
  examples: [
    {
      command: 'cloche images build --base node:24-trixie-slim',
      meaning: { en: 'With a Node.js of your choice.', zh: '使用你选择的 Node.js 版本。' },
    },
  ],
  load: async () => (await import('../../commands/images/images-build-command.ts')).imagesBuildCommand,
};
