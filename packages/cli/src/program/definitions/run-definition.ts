import { CONFIG_OPTIONS } from '@cloche/mcp-server/command';
import type { CommandDefinition } from '../command-definition.ts';

export const RUN_DEFINITION: CommandDefinition = {
  name: 'run',
  summary: {
    en: 'Run a program and show what it prints, as it prints it.',
    zh: '运行程序并实时显示其输出。',
  },
  arguments: [
    {
      term: '<FILE|->',
      description: {
        en: 'The program; - reads it from standard input.',
        zh: '程序文件；- 表示从标准输入读取。',
      },
    },
    {
      term: '[ARGS...]',
      description: {
        en: 'Arguments of the program. Put -- before those that begin with a dash.',
        zh: '程序的参数。以短横线开头的参数前请加 --。',
      },
    },
  ],
  options: [
    {
      flags: '-l, --language <name>',
      description: {
        en: 'The language. Default: by the extension, then by the #! line.',
        zh: '语言。默认依次根据扩展名和 #! 行判断。',
      },
    },
    {
      flags: '--stdin <FILE>',
      description: {
        en: 'Standard input of the program. Default: what is piped in or typed.',
        zh: '程序的标准输入。默认为管道或键盘输入。',
      },
    },
    {
      flags: '-e, --env <NAME=VALUE>',
      description: {
        en: 'A variable for the program; NAME alone takes the value that it has here. Repeatable.',
        zh: '传给程序的环境变量；只写 NAME 则取此处的值。可重复。',
      },
      isRepeatable: true,
    },
    {
      flags: '-f, --file <HOST[:DEST]>',
      description: {
        en: 'A file or directory for the program. DEST is where it finds it; by default the path seen from FILE, or from here. Repeatable.',
        zh: '传给程序的文件或目录。DEST 是程序中的路径，默认为相对 FILE 或当前目录的路径。可重复。',
      },
      isRepeatable: true,
    },
    {
      flags: '-o, --out <DIR>',
      description: {
        en: 'Where the files that the program writes are kept.',
        zh: '保存程序所写文件的目录。',
      },
    },
    {
      flags: '--compile-arg <ARG>',
      description: {
        en: 'An argument for the compiler or interpreter (--compile-arg=-O3). Repeatable.',
        zh: '传给编译器或解释器的参数（--compile-arg=-O3）。可重复。',
      },
      isRepeatable: true,
    },
    {
      flags: '--json',
      description: {
        en: 'Print the result as one JSON object instead.',
        zh: '改为以一个 JSON 对象输出结果。',
      },
    },
    {
      flags: '--events',
      description: {
        en: 'Print a JSON object a line as things happen instead.',
        zh: '改为逐行输出 JSON 事件。',
      },
    },
    ...CONFIG_OPTIONS,
  ],
  details: {
    en: [
      'The exit code is the program’s own (128 and the signal’s number where a signal ended it), or the compiler’s when it refused the program. 124: time over. 137: out of memory, or another limit reached. 125: Cloche itself failed. 2: the command line or the configuration is wrong. 130: interrupted.',
      'Without --network full the program has no network, without --file it sees no file of yours, without --env no variable. Unknown code belongs on docker or daytona; local is for a quick test.',
    ].join('\n\n'),
    zh: [
      '退出码是程序自己的退出码（被信号终止时为 128 加信号编号）；编译失败时是编译器的退出码。124：超时。137：内存不足或达到其他限制。125：Cloche 自身失败。2：命令行或配置有误。130：被中断。',
      '不加 --network full 程序没有网络，不加 --file 看不到你的文件，不加 --env 看不到环境变量。未知代码请用 docker 或 daytona 运行；local 适合快速测试。',
    ].join('\n\n'),
  },
  examples: [
    { command: 'cloche run fib.py', meaning: { en: 'Run a Python program.', zh: '运行 Python 程序。' } },
    {
      command: 'cloche run sum.ts 1 2 -- --verbose',
      meaning: { en: 'Give it arguments.', zh: '传入参数。' },
    },
    {
      command: 'sort names.txt | cloche run greet.go',
      meaning: { en: 'Give it standard input.', zh: '通过管道提供标准输入。' },
    },
    {
      command: 'cloche run plot.py --file data.csv --out result',
      meaning: {
        en: 'Give it a file, and keep the files that it writes.',
        zh: '传入文件，并保存程序写入的文件。',
      },
    },
    {
      command: "echo 'print(6 * 7)' | cloche run - --language python",
      meaning: { en: 'Run a program from standard input.', zh: '运行来自标准输入的程序。' },
    },
    {
      command: 'cloche run unknown.js --executor docker --timeout 10s --memory 256MiB',
      meaning: { en: 'Run code that you do not know.', zh: '运行来历不明的代码。' },
    },
  ],
  load: async () => (await import('../../commands/run/run-command.ts')).runCommand,
};
