import type { CommandDefinition } from '../command-definition.ts';

export const ROOT_DEFINITION: CommandDefinition = {
  name: '',
  summary: {
    en: 'Run code that an AI wrote, under glass: Python, JavaScript, TypeScript, Java, Go, Rust, Bash, C and C++.',
    zh: '在玻璃罩下运行 AI 编写的代码：Python、JavaScript、TypeScript、Java、Go、Rust、Bash、C 和 C++。',
  },
  arguments: [],
  options: [],
  details: {
    en: [
      'auto    The first of docker and local that works; says so when it is local.',
      'local   On this machine, in an operating-system sandbox where one works.',
      '        For a quick test of code that you have read. Costs milliseconds.',
      'docker  In a hardened container of its own. For code that you do not know.',
      '        Costs half a second at first, then milliseconds; images once.',
      'daytona In a cloud sandbox, away from this machine. For code that you do',
      '        not trust at all. Costs an account, and what the service charges.',
    ].join('\n'),
    zh: [
      'auto    docker 和 local 中第一个可用的；用 local 时会说明。',
      'local   在本机的操作系统沙箱中（可用时）运行。',
      '        适合快速测试你读过的代码。开销为几毫秒。',
      'docker  在独立的加固容器中运行。适合来历不明的代码。',
      '        首次约半秒，之后为几毫秒；镜像只需下载一次。',
      'daytona 在云端沙箱中运行，远离本机。适合完全不可信的代码。',
      '        需要账号，并按服务商标准计费。',
    ].join('\n'),
  },
  examples: [
    { command: 'cloche run fib.py', meaning: { en: 'Run a program.', zh: '运行程序。' } },
    {
      command: 'cloche doctor',
      meaning: {
        en: 'See what can run here, and what is missing.',
        zh: '查看此处可运行的内容和缺少的部分。',
      },
    },
    {
      command: 'cloche run --help',
      meaning: { en: 'See everything that a run takes.', zh: '查看运行的全部选项。' },
    },
  ],
  load: null,
};
