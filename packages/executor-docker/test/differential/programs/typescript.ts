import type { Program } from '../program.ts';

/** TypeScript becomes JavaScript before it is sent; what runs is the JavaScript. */
export const TYPESCRIPT: readonly Program[] = [
  {
    name: 'types, arguments and names of files',
    code: `interface Point { x: number }\nconst point: Point = { x: 3 };\nconsole.log(point, process.argv, process.execArgv, import.meta.url, import.meta.main);\n`,
    stdout: 'file:///tmp/cloche/work/main.js',
  },
  {
    name: 'CommonJS by require',
    code: `const fs = require('node:fs') as typeof import('node:fs');\nconsole.log(__filename, require.main === module, fs.readdirSync('.'));\n`,
    stdout: '/tmp/cloche/work/main.js true',
  },
  {
    name: 'an error, at the line and column of the source',
    code: `type Text = string;\nfunction fail(text: Text): never {\n  throw new Error(text as string);\n}\nfail('typed');\n`,
    exitCode: 1,
    stderr: 'at fail (main.ts:3:9)',
  },
  {
    name: 'an .mts file with top-level await and a neighbour',
    code: `import { double } from './helper.mjs';\nconst value: number = await double(21);\nconsole.log(value, import.meta.filename);\n`,
    fileName: 'main.mts',
    files: {
      'helper.mts': `export async function double(value: number): Promise<number> { return value * 2; }\n`,
    },
    stdout: '42 /tmp/cloche/work/main.mjs',
  },
  {
    name: 'a .cts file',
    code: `const value: number = 3;\nconsole.log(value, module.paths, __filename);\n`,
    fileName: 'main.cts',
    stdout: '/tmp/cloche/work/main.cjs',
  },
  {
    name: 'both files, of which the program sees its own text',
    code: `import { readFileSync, readdirSync } from 'node:fs';\nconst names: string[] = readdirSync('.');\nconsole.log(names, names.map((name: string) => readFileSync(name, 'utf8')));\n`,
    stdout: "'main.js', 'main.ts'",
  },
  {
    name: 'generics, a rejection that nobody handles, and a worker',
    code: `import { Worker, isMainThread } from 'node:worker_threads';
async function fail<T>(value: T): Promise<T> { throw new TypeError(String(value)); }
if (isMainThread) new Worker(new URL(import.meta.url)).on('error', (error: Error) => console.log(error.message)).on('exit', () => { setTimeout(fail<number>, 20, 2); });
else await fail(1);
`,
    exitCode: 1,
    stdout: /^1\n$/,
    stderr: 'TypeError: 2',
  },
];
