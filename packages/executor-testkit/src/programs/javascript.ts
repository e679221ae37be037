import type { LanguagePrograms } from './language-programs.ts';

export const JAVASCRIPT_PROGRAMS: LanguagePrograms = {
  language: 'javascript',
  hello: `console.log('hello');\n`,
  printArguments: `for (const argument of process.argv.slice(2)) process.stdout.write(argument + '\\0');\n`,
  copyStdin: `process.stdin.pipe(process.stdout);\n`,
  exitWithThree: `console.log('before the end');
process.exitCode = 3;
`,
  broken: { code: `console.log('begun');\nconst value = = 1;\n`, message: /SyntaxError/u },
  readFile: `process.stdout.write(require('node:fs').readFileSync('data/input.txt', 'utf8'));\n`,
  writeFile: `import { writeFileSync } from 'node:fs';
writeFileSync('result.txt', 'written\\n');
`,
  unicode: `const { readFileSync } = require('node:fs');
const приветствие = '你好, мир 🔔';
console.log(приветствие);
process.stdout.write(readFileSync('数据/файл 🔔.txt', 'utf8'));
`,
  twoFiles: {
    code: `const { greet } = require('./greeting.js');
console.log(greet());
`,
    files: [{ path: 'greeting.js', content: `exports.greet = () => 'hello from another file';\n` }],
  },
};
