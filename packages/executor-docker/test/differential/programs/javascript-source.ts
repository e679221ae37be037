import type { Program } from '../program.ts';

/** How the text is read and shown. */
export const JAVASCRIPT_SOURCE: readonly Program[] = [
  {
    name: 'an uncaught error with the line of its source',
    code: `function fail() {\n  throw new RangeError('too much');\n}\nfail();\n`,
    exitCode: 1,
    stderr: "main.js:2\n  throw new RangeError('too much');\n  ^",
  },
  {
    name: 'an error with a cause and properties',
    code: `const error = new Error('outer', { cause: new TypeError('inner') });\nerror.code = 'E_OWN';\nsetTimeout(() => { throw error; }, 1);\n`,
    exitCode: 1,
    stderr: '[cause]: TypeError: inner',
  },
  {
    name: 'something thrown that is no error',
    code: `throw { answer: 42 };\n`,
    exitCode: 1,
    stderr: 'throw { answer: 42 }',
  },
  {
    name: 'a syntax error',
    code: `console.log('never');\nconst value = ;\n`,
    exitCode: 1,
    stderr: "SyntaxError: Unexpected token ';'",
  },
  {
    name: 'a syntax error in an ES module',
    code: `import 'node:fs';\nexport const x = {;\n`,
    exitCode: 1,
    stderr: 'SyntaxError',
  },
  {
    name: 'an import of a name that is not exported',
    code: `import { missing } from 'node:fs';\nconsole.log(missing);\n`,
    exitCode: 1,
    stderr: "does not provide an export named 'missing'",
  },
  {
    name: 'recursion without end',
    code: `let depth = 0;\nfunction deeper() { depth += 1; deeper(); }\ntry { deeper(); } catch (error) { console.log(error.name, error.message, depth > 1000); }\nError.stackTraceLimit = 3;\ndeeper();\n`,
    exitCode: 1,
    stdout: 'RangeError Maximum call stack size exceeded true',
  },
  {
    name: 'a byte order mark',
    code: `\uFEFFconsole.log(require('node:fs').readFileSync(__filename)[0], __filename);\nthrow new Error('marked');\n`,
    exitCode: 1,
    stdout: '239 /tmp/cloche/work/main.js',
  },
  {
    name: 'a byte order mark before import syntax',
    code: `\uFEFFimport 'node:fs';\nconsole.log(import.meta.url);\n`,
    stdout: 'file:///',
  },
  {
    name: 'letters of many scripts',
    code: `const 变量 = 'Привет 世界 🎉';\nconsole.log(变量, 变量.length);\nthrow new Error('Ω 🎉');\n`,
    exitCode: 1,
    stdout: 'Привет 世界 🎉',
  },
  {
    name: 'bytes that are no UTF-8',
    code: Buffer.from(`console.log('caf\u00e9', 'caf\u00e9'.charCodeAt(3));\n// \u00ff`, 'latin1'),
    stdout: '65533',
  },
  {
    name: 'line ends of Windows, and none at the end',
    code: `console.log(\`a\r\nb\`.length);\r\n\r\nthrow new Error('line 3')`,
    exitCode: 1,
    stdout: '3',
  },
  {
    name: 'a shebang line',
    code: `#!/usr/bin/env node\nconsole.log('after', __filename);\n`,
    stdout: 'after',
  },
  { name: 'a single byte', code: '1', stdout: /^$/ },
  { name: 'a single byte that is wrong', code: ')', exitCode: 1, stderr: 'SyntaxError' },
  {
    name: 'as many bytes as may be sent ahead',
    code: `console.log(require('node:fs').statSync(__filename).size);\n//${'x'.repeat(60_000 - 61)}`,
    stdout: '60000',
  },
  {
    name: 'a source map that the program names, and one that is missing',
    code: `console.log(process.sourceMapsEnabled, require('node:module').findSourceMap(__filename));\nthrow new Error('mapped');\n//# sourceMappingURL=missing.js.map\n`,
    exitCode: 1,
    stdout: 'false undefined',
  },
];
