import { describe, expect, test } from 'vitest';
import { createExecutorHost } from '../../src/host/create-executor-host.ts';
import { runTypeScript } from './run-typescript.ts';

const host = createExecutorHost({ environment: {} });

async function transform(
  text: string,
  path = 'main.ts',
): Promise<{ readonly code: string; readonly needsSourceMap: boolean }> {
  const transformed = await host.transformTypeScript({ path, text });
  if (!transformed.ok) throw new Error(transformed.message);
  return transformed;
}

async function refusal(text: string, path = 'main.ts'): Promise<string> {
  const transformed = await host.transformTypeScript({ path, text });
  if (transformed.ok) throw new Error(`it was accepted: ${transformed.code.slice(0, 200)}`);
  return transformed.message;
}

describe('programs run', () => {
  test.each<[string, string, string]>([
    ['types', 'const a: number = 1 as number; interface A { b?: string } console.log(a!)', '1\n'],
    ['an enum', 'enum Color { Red = 3, Green } console.log(Color.Green, Color[3])', '4 Red\n'],
    ['a namespace with values', 'namespace N { export const x = 7 } console.log(N.x)', '7\n'],
    [
      'parameter properties',
      'class P { constructor(private readonly x: number) {} get() { return this.x } } console.log(new P(5).get())',
      '5\n',
    ],
    ['import = require', "import path = require('path'); console.log(path.posix.join('a', 'b'))", 'a/b\n'],
    [
      'import = require in a module',
      "import path = require('node:path'); import { EOL } from 'node:os'; console.log(path.posix.join('a', 'b') + EOL.length)",
      'a/b1\n',
    ],
    [
      'a type imported as if it were a value',
      "import { AddressInfo, isIP } from 'node:net'; const a: AddressInfo | null = null; console.log(isIP('::1'), a)",
      '6 null\n',
    ],
    [
      'await at the top',
      "import { setTimeout } from 'node:timers/promises'; await setTimeout(1); console.log('late' as string)",
      'late\n',
    ],
    [
      'require',
      "const os = require('node:os') as typeof import('node:os'); console.log(os.EOL.length)",
      '1\n',
    ],
    ['generics and arrow functions', 'const id = <T,>(x: T): T => x; console.log(id<string>("x"))', 'x\n'],
    [
      'satisfies, abstract and override',
      'abstract class A { abstract f(): number } class B extends A { override f() { return 2 } } console.log(new B().f() satisfies number)',
      '2\n',
    ],
    ['a hashbang line', '#!/usr/bin/env tsx\nconsole.log(1 as number)', '1\n'],
    ['a byte order mark', '\uFEFFconst a: number = 1; console.log(a)', '1\n'],
    ['Windows line ends', 'const a: number = 1;\r\nconsole.log(a);\r\n', '1\n'],
  ])('with %s', async (_, program, output) => {
    expect(await runTypeScript({ 'main.ts': program })).toEqual({ exitCode: 0, stdout: output, stderr: '' });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    [
      'an import of .ts',
      {
        'main.ts': "import { area } from './shape.ts'; console.log(area(2))",
        'shape.ts': 'export const area = (r: number): number => r * r',
      },
    ],
    [
      'an import of .js',
      {
        'main.ts': "import { area } from './shape.js'; console.log(area(2))",
        'shape.ts': 'export const area = (r: number): number => r * r',
      },
    ],
    [
      'an import without an ending',
      {
        'main.ts': "import { area } from './lib/shape'; console.log(area(2))",
        'lib/shape.ts': 'export const area = (r: number): number => r * r',
      },
    ],
    [
      'a type and a value in one import',
      {
        'main.ts': "import { Shape, area } from './shape'; const s: Shape = { r: 2 }; console.log(area(s))",
        'shape.ts': 'export interface Shape { r: number }; export const area = (s: Shape) => s.r * s.r',
      },
    ],
    [
      'export from',
      {
        'main.ts': "import { four } from './a.ts'; console.log(four)",
        'a.ts': "export * from './b.ts'; export { four as vier } from './b.ts'",
        'b.ts': 'export const four: number = 4',
      },
    ],
    [
      'a dynamic import',
      {
        'main.ts': "const { four } = await import('./b.ts'); console.log(four as number)",
        'b.ts': 'export const four: number = 4',
      },
    ],
    [
      'require of .ts',
      {
        'main.ts': "const { four } = require('./b.ts'); console.log(four as number)",
        'b.ts': 'const four: number = 4; module.exports = { four }',
      },
    ],
    [
      '.mts and .cts',
      {
        'main.mts': "import { four } from './b.cts'; console.log(four as number)",
        'b.cts': 'exports.four = 4 as number',
      },
    ],
    [
      'a namespace across files',
      {
        'main.ts': "import { N } from './n.ts'; console.log(N.four)",
        'n.ts': 'export namespace N { export const four = 4 }',
      },
    ],
  ])('of several files, with %s', async (_, files) => {
    expect(await runTypeScript(files)).toEqual({ exitCode: 0, stdout: '4\n', stderr: '' });
  });
});

describe('stack traces name the TypeScript', () => {
  test.each([
    [
      'of a module',
      'export {};\nfunction f(a: number): never {\n  throw new Error(`x${a}`);\n}\nf(1);',
      'main.ts:3:9',
    ],
    ['of a script', 'function f(a: number): never {\n  throw new Error(`x${a}`);\n}\nf(1);', 'main.ts:2:9'],
    [
      'with an enum before it',
      'enum E { A }\n\nfunction f(a: E): never {\n  throw new Error(`x${a}`);\n}\nf(E.A);',
      'main.ts:4:9',
    ],
    [
      'of a module with a namespace',
      'export namespace N { export const x = 1 }\nfunction f(a: number): never {\n    throw new Error(`x${a}`);\n}\nf(N.x);',
      'main.ts:3:11',
    ],
  ])('%s', async (_, program, place) => {
    const { exitCode, stderr } = await runTypeScript({ 'main.ts': program });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(place);
  });

  test('in a file of another directory, after what moves lines', async () => {
    const { stderr } = await runTypeScript({
      'main.ts': "import { f } from './lib/a b/ü.ts';\nf(1);",
      'lib/a b/ü.ts':
        'enum E { A }\nexport function f(a: number): never {\n  throw new Error(`x${a + E.A}`);\n}',
    });
    expect(stderr).toMatch(/lib\/a(?: |%20)b\/(?:ü|%C3%BC)\.ts:3:9/u);
  });

  test('a path with a line break stays a comment', async () => {
    const { code } = await transform('const a: number = 1;', 'a\nthrow new Error("ran");//.ts');
    expect(code.split('\n')).toEqual([
      'const a         = 1;',
      expect.stringMatching(/^\/\/# sourceURL=a%0Athrow/u),
      '',
    ]);
  });
});

describe('imports are found as a lexer finds them', () => {
  test.each([
    ['const s = "import x from \'./x.ts\'";', 'const s = "import x from \'./x.ts\'";'],
    ["const s = `import('./x.ts')`;", "const s = `import('./x.ts')`;"],
    ["const s = `${await import('./x.ts')}`;", "const s = `${await import('./x.js')}`;"],
    ["// import './x.ts'\n/* import './x.ts' */", "// import './x.ts'\n/* import './x.ts' */"],
    ["const r = /import '.\\/x.ts'/g;", "const r = /import '.\\/x.ts'/g;"],
    ["const q = a / b; import './x.ts'; c / d;", "const q = a / b; import './x.js'; c / d;"],
    ["o.import('./x.ts'); o.require('./x.ts');", "o.import('./x.ts'); o.require('./x.ts');"],
    ["import './x.ts' with { a: './x.ts' };", "import './x.js' with { a: './x.ts' };"],
    ["import 'pkg/x.ts'; import '@a/b.ts';", "import 'pkg/x.ts'; import '@a/b.ts';"],
    ["export { a as 'from' } from '../x.ts';", "export { a as 'from' } from '../x.js';"],
    ["export const from = './x.ts';", "export const from = './x.ts';"],
    [
      "import('./x.ts', {}); import(/* why */ './y.mts');",
      "import('./x.js', {}); import(/* why */ './y.mjs');",
    ],
    ["import(name + './x.ts');", "import(name + './x.ts');"],
    ["require.resolve('./x.cts'); require('./data');", "require.resolve('./x.cjs'); require('./data');"],
    [
      "import './data.json' with { type: 'json' }; import './x.ts?a';",
      "import './data.json' with { type: 'json' }; import './x.js?a';",
    ],
    [
      "import * as everything from './x.ts'; everything;",
      "import * as everything from './x.js'; everything;",
    ],
  ])('%s', async (text, expected) => {
    const { code } = await transform(text);
    expect(code.slice(0, code.lastIndexOf('\n//#'))).toBe(expected);
  });

  test('columns after an import stay', async () => {
    const text = "import { a } from './x.ts'; const b: number = a; await import('./y.ts'); b;";
    expect((await transform(text)).code.indexOf('b;')).toBe(text.indexOf('b;'));
  });
});

describe('what cannot be TypeScript is refused like a compiler refuses it', () => {
  test('with file, line, column, the line, and a caret', async () => {
    expect(await refusal('const ok = 1;\n  const a: number = ;\n', 'lib/main.ts')).toBe(
      [
        'lib/main.ts:2:21: error: Expression expected',
        '  const a: number = ;',
        '                    ^',
        '',
      ].join('\n'),
    );
  });

  test('with the caret below the place, after tabs and wide characters', async () => {
    const [place, line, caret] = (await refusal("\tconst a = '中文'; const b: number = ;")).split('\n');
    expect(place).toMatch(/^main\.ts:1:36: error:/u);
    expect(line).toBe("    const a = '中文'; const b: number = ;");
    // Two columns of a terminal for each of the two characters.
    expect(caret?.indexOf('^')).toBe((line?.indexOf(';', 20) ?? 0) + 2);
  });

  test('with a part of a line that is very long', async () => {
    const message = await refusal(`${'a;'.repeat(20_000)} const b: number = ;`);
    expect(message.length).toBeLessThan(500);
    expect(message).toContain('main.ts:1:40020');
  });

  test('decorators, which no engine runs', async () => {
    expect(await refusal('const x = "@a";\n@dec class A {}\n')).toContain('main.ts:2:1: error: Decorators');
    expect(await refusal('enum E {}\n@dec class A {}\n')).toContain('main.ts:2:1: error: Decorators');
  });

  test('control characters of the source do not reach a terminal', async () => {
    expect(await refusal('const a = \u001B[31m ;')).not.toContain('\u001B');
  });
});

describe('a hostile source', () => {
  test.each([
    ['deep parentheses', '('.repeat(100_000)],
    ['deep arrays', `x = ${'['.repeat(100_000)}`],
    ['deep types', `let x: ${'Array<'.repeat(50_000)}`],
    ['deep templates', '`${'.repeat(100_000)],
    [
      'binary rubbish',
      String.fromCharCode(...Array.from({ length: 60_000 }, (_, index) => (index * 7919) % 65_536)),
    ],
  ])('of %s is refused, and the next source finds a transformer that works', async (_, text) => {
    const message = await refusal(text);
    expect(message).toMatch(/^main\.ts[:\d]*: error: /u);
    expect(message.length).toBeLessThan(2000);
    expect((await transform('const a: number = 1;')).code).toContain('const a         = 1;');
  });

  test('that is exponential to parse neither blocks this process nor others, and ends at the deadline', async () => {
    const bomb = refusal(`x = ${'a ? (b):c=>'.repeat(60)}c`);
    const started = performance.now();
    await transform('const a: number = 1;');
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(await bomb).toMatch(/within \d+ s/u);
  });

  test('of ten mebibytes is transformed', async () => {
    const text = 'var x: number = 1; function f(a: string): string { return a + `${a}`; }\n'.repeat(140_000);
    expect((await transform(text)).code).toContain('var x         = 1;');
  });

  test('of more than sixteen mebibytes is refused', async () => {
    expect(await refusal(`// ${'x'.repeat(16 * 1024 * 1024)}`)).toMatch(
      /^main\.ts: error: The file is larger/u,
    );
  });
});
