import type { LanguagePrograms } from './language-programs.ts';

/** They use what types alone cannot be stripped from: enums, namespaces, parameter properties. */
export const TYPESCRIPT_PROGRAMS: LanguagePrograms = {
  language: 'typescript',
  hello: `enum Word { Hello = 'hello' }
const word: Word = Word.Hello;
console.log(word satisfies string);
`,
  printArguments: `const words: readonly string[] = process.argv.slice(2);
for (const word of words) process.stdout.write(word + '\\0');
`,
  copyStdin: `import type { Readable, Writable } from 'node:stream';
function copy(source: Readable, target: Writable): void {
  source.pipe(target);
}
copy(process.stdin, process.stdout);
`,
  exitWithThree: `class Ending {
  constructor(readonly code: number) {}
}
console.log('before the end');
process.exitCode = new Ending(3).code;
`,
  broken: { code: `console.log('begun');\nconst value: number = = 1;\n`, message: /main\.ts/u },
  readFile: `import { readFileSync } from 'node:fs';
namespace Input {
  export const text: string = readFileSync('data/input.txt', 'utf8');
}
process.stdout.write(Input.text);
`,
  writeFile: `import { writeFileSync } from 'node:fs';
writeFileSync('result.txt' as string, 'written\\n');
`,
  unicode: `import { readFileSync } from 'node:fs';
const приветствие: string = '你好, мир 🔔';
console.log(приветствие);
process.stdout.write(readFileSync('数据/файл 🔔.txt', 'utf8'));
`,
  twoFiles: {
    code: `import { greet } from './greeting.js';
console.log(greet());
`,
    files: [
      {
        path: 'greeting.ts',
        content: `enum Origin { Elsewhere = 'another file' }
export function greet(): string {
  return \`hello from \${Origin.Elsewhere}\`;
}
`,
      },
    ],
  },
};
