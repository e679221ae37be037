import type { Program } from '../program.ts';

/** CommonJS and ESM, and how one is told from the other. */
export const JAVASCRIPT_MODULES: readonly Program[] = [
  {
    name: 'import syntax in a .js file',
    code: `import { readFileSync } from 'node:fs';
console.log(import.meta.url, import.meta.filename, import.meta.dirname, import.meta.main, import.meta.resolve('./x.js'), typeof require, typeof module, this);
console.log(readFileSync(import.meta.filename, 'utf8').length, Object.keys(import.meta));
`,
    stdout: 'file:///tmp/cloche/work/main.js',
  },
  {
    name: 'top-level await alone, without import or export',
    code: `const value = await Promise.resolve(3);\nconsole.log(value, typeof require, import.meta.url);\n`,
    stdout: '3 undefined file:///tmp/cloche/work/main.js',
  },
  {
    name: 'top-level await beside a require, which fails',
    code: `const fs = require('node:fs');\nawait 1;\nconsole.log(fs);\n`,
    exitCode: 1,
    stderr: 'ERR_AMBIGUOUS_MODULE_SYNTAX',
  },
  {
    name: 'an .mjs file',
    code: `import * as own from './main.mjs';
export const value = 1;
console.log(own, import.meta.url, process.argv);
void import('./main.mjs').then((again) => console.log(again === own));
try { require('x'); } catch (error) { console.log(error.stack); }
`,
    fileName: 'main.mjs',
    stdout: 'file:///tmp/cloche/work/main.mjs',
  },
  {
    name: 'an .mjs file that throws, with the line of its source',
    code: `const fail = () => {\n  throw new TypeError('from a module');\n};\nfail();\n`,
    fileName: 'main.mjs',
    exitCode: 1,
    stderr: "throw new TypeError('from a module')",
  },
  {
    name: 'an .mjs file: loaded builtin modules and active resources',
    code: `console.log(process.moduleLoadList.slice().sort().join('\\n'), process.getActiveResourcesInfo());\n`,
    fileName: 'main.mjs',
    stdout: 'internal/modules/esm',
  },
  {
    name: 'an .mjs file that never settles',
    code: `console.log('before');\nawait new Promise(() => {});\n`,
    fileName: 'main.mjs',
    exitCode: 13,
    stdout: 'before',
  },
  {
    name: 'a .cjs file',
    code: `console.log(require.main === module, module.id, __filename);\nimport('./main.cjs').then(console.log);\n`,
    fileName: 'main.cjs',
    stdout: 'true . /tmp/cloche/work/main.cjs',
  },
  {
    name: 'a name without an extension, with import syntax',
    code: `import 'node:fs';\nconsole.log(import.meta.url);\n`,
    fileName: 'program',
    stdout: 'file:///tmp/cloche/work/program',
  },
  {
    name: 'a .ts file given as JavaScript',
    code: `const value: number = 3;\nconsole.log(value satisfies number, __filename);\n`,
    fileName: 'main.ts',
    stdout: '3 /tmp/cloche/work/main.ts',
  },
  {
    name: 'strict and sloppy mode',
    code: `console.log((function () { return this === globalThis; })());
undeclared = 1;
console.log(undeclared, (function () { 'use strict'; return this; })(), 010);
with ({ inside: 2 }) console.log(inside);
`,
    stdout: 'true\n1 undefined 8\n2',
  },
  {
    name: 'a require of a sibling, of JSON, of a directory, of what is missing',
    code: `const sibling = require('./sibling');
console.log(sibling, require('./data.json'), require('./data'), module.children.map(({ id, loaded, parent }) => [id, loaded, parent === module]));
try { require('./missing'); } catch ({ code, requireStack, message }) { console.log(code, requireStack, message); }
try { require('missing'); } catch (error) { console.log(error.stack); }
`,
    files: {
      'sibling.js': `exports.parent = module.parent.filename;\nexports.main = require.main.filename;\nexports.isBack = require('./main.js') === module.parent.exports;\n`,
      'data.json': '{"one": [1, 2]}',
    },
    stdout: "parent: '/tmp/cloche/work/main.js'",
  },
  {
    name: 'an import of siblings of every kind',
    code: `import one, { two } from './esm.mjs';
import three from './common.cjs';
import data from './data.json' with { type: 'json' };
console.log(one, two, three, data, await import('./detected.js'), (await import('node:module')).createRequire(import.meta.url)('./esm.mjs'));
`,
    files: {
      'esm.mjs': `export default 1;\nexport const two = 2;\n`,
      'common.cjs': `module.exports = { three: module.parent };\n`,
      'detected.js': `export const four = import.meta.url;\n`,
      'data.json': '{"five": 5}',
    },
    stdout: 'four:',
  },
  {
    name: 'a dynamic import of itself and of a data URL from CommonJS',
    code: `console.log('once', typeof module);
import('./main.js').then((own) => { console.log(own, own.default === module.exports); return import('data:text/javascript,export default 7'); }).then(({ default: seven }) => console.log(seven));
module.exports = { value: 1 };
`,
    stdout: 'once object\n[Module: null prototype]',
  },
  {
    name: 'a package.json and a module that it writes itself',
    code: `const { writeFileSync, mkdirSync } = require('node:fs');
writeFileSync('package.json', '{"type": "module", "imports": {"#own": "./later.js"}}');
writeFileSync('later.js', 'export default import.meta.url');
mkdirSync('node_modules/made', { recursive: true });
writeFileSync('node_modules/made/package.json', '{"main": "./entry.js"}');
writeFileSync('node_modules/made/entry.js', 'module.exports = __filename');
console.log(require('made'));
import('./later.js').then(console.log, console.log).then(() => import('#own')).then(console.log, ({ code, message }) => console.log(code, message));
`,
    stdout: '/tmp/cloche/work/node_modules/made/entry.js',
  },
  {
    name: 'its own file: bytes, type, mode, size',
    code: `const fs = require('node:fs');
const { mode, size, nlink, uid } = fs.statSync(__filename);
console.log(mode.toString(8), size, nlink, uid, fs.lstatSync(__filename).isFile(), fs.realpathSync(__filename), fs.readFileSync(__filename, 'utf8'));
fs.promises.readFile(__filename).then((text) => console.log(text.length));
fs.createReadStream(__filename).on('data', (chunk) => console.log(chunk.length));
`,
    stdout: '100644',
  },
];
