import { CONFIG_OPTIONS, GENERATOR_OPTIONS } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

export const GENERATE_DEFINITION: CommandDefinition = {
  name: 'generate',
  summary: {
    en: 'Have a model write a program, run it, and repair it where it fails.',
    zh: '让模型编写程序并运行，失败时自动修复。',
  },
  arguments: [
    {
      term: '[REQUIREMENT|-]',
      description: {
        en: 'What the program is to do, in any language, in quotes. - or nothing reads it from standard input.',
        zh: '程序要做什么，任何语言均可，请加引号。- 或省略表示从标准输入读取。',
      },
    },
  ],
  options: [
    {
      flags: '-l, --language <name>',
      description: {
        en: 'The language of the program. Default: by the name of --output, else the model chooses.',
        zh: '程序的语言。默认根据 --output 的文件名判断，否则由模型选择。',
      },
    },
    {
      flags: '--run',
      description: { en: 'Run what was written. The default.', zh: '运行所写的程序。默认如此。' },
    },
    {
      flags: '--no-run',
      description: {
        en: 'Write the program and run nothing; it goes to standard output.',
        zh: '只编写、不运行；程序输出到标准输出。',
      },
    },
    {
      flags: '--tests <FILE>',
      description: {
        en: 'A program that must exit 0 with the written one beside it. The model sees it and cannot change it.',
        zh: '测试程序，与所写程序放在一起运行，退出码须为 0。模型可见但不能修改。',
      },
    },
    {
      flags: '-c, --context <FILE[:DEST]>',
      description: {
        en: 'A text file that the model sees and the program finds. It is sent to the model. Repeatable.',
        zh: '模型可见、程序可读的文本文件，会发送给模型。可重复。',
      },
      isRepeatable: true,
    },
    {
      flags: '--stdin <FILE>',
      description: {
        en: 'Standard input of the program; - is what is piped in. Default: none.',
        zh: '程序的标准输入；- 表示管道输入。默认没有。',
      },
    },
    {
      flags: '--arg <ARG>',
      description: {
        en: 'An argument of the program (--arg=-v). Repeatable.',
        zh: '程序的参数（--arg=-v）。可重复。',
      },
      isRepeatable: true,
    },
    {
      flags: '-o, --output <FILE>',
      description: {
        en: 'Where the program is kept, once it has run well. A file that is there is refused.',
        zh: '程序运行成功后保存到的文件。文件已存在时拒绝执行。',
      },
    },
    {
      flags: '--force',
      description: { en: 'Let --output replace a file.', zh: '允许 --output 覆盖文件。' },
    },
    {
      flags: '--json',
      description: {
        en: 'Print the result as one JSON object instead.',
        zh: '改为以一个 JSON 对象输出结果。',
      },
    },
    ...GENERATOR_OPTIONS,
    // Its name is taken here by the file; what a result keeps is a key of the configuration all the same.
    ...CONFIG_OPTIONS.filter(({ flags }) => !flags.startsWith('--output ')),
  ],
  details: {
    en: [
      'The requirement, the files of --tests and --context and what failing programs print are sent to the model. The code and Cloche’s words go to standard error, what the program prints to standard output: where that is no terminal, of a program that ran well alone.',
      'The exit code is that of the last run, as with cloche run: 0 where it went well. 1: there is no program that could be run. 124: time over. 125: Cloche or the model’s service failed. 2: the command line or the configuration is wrong. 130: interrupted.',
    ].join('\n\n'),
    zh: [
      '需求、--tests 和 --context 的文件以及失败程序的输出会发送给模型。代码和 Cloche 的提示输出到标准错误，程序的输出到标准输出；标准输出不是终端时，只包含运行成功的程序的输出。',
      '退出码是最后一次运行的退出码，与 cloche run 相同：成功为 0。1：没有可运行的程序。124：超时。125：Cloche 或模型服务失败。2：命令行或配置有误。130：被中断。',
    ].join('\n\n'),
  },
  examples: [
    {
      command: "cloche generate 'print the first 20 Fibonacci numbers'",
      meaning: { en: 'Have it written and run.', zh: '编写并运行。' },
    },
    {
      command: "cloche generate 'sum the column price' -c prices.csv -o sum.py",
      meaning: { en: 'Show it a file, and keep the program.', zh: '提供文件，并保存程序。' },
    },
    {
      command: "cloche generate 'a function slug(text)' -l python --tests test_slug.py",
      meaning: { en: 'Until the tests pass.', zh: '直到测试通过。' },
    },
    {
      command: "cloche generate 'a queue in Go' --no-run > queue.go",
      meaning: { en: 'Have it written, and no more.', zh: '只编写。' },
    },
  ],
  load: async () => (await import('../../commands/generate/generate-command.ts')).generateCommand,
};
