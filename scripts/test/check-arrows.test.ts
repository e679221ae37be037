import { expect, test } from 'vitest';
import { checkArrows } from '../arrows/check-arrows.ts';
import { plantWorkspace } from './plant-workspace.ts';

const local = 'packages/executor-local/src/planted.ts';
const closed = 'packages/core/src/executor/planted.ts';
const core = 'packages/core/src/planted.ts';
const cli = 'packages/cli/src/planted.ts';
const agent = 'packages/sandbox-agent/src/planted.ts';

/** Each is one file that breaks one rule: where it lies, what it says, what is found. */
const plants: readonly (readonly [rule: string, file: string, text: string, message: string])[] = [
  [
    'an executor imports the main entry of core',
    local,
    `import { createRunner } from '@cloche/core';`,
    'no arrow leads',
  ],
  ['… as a type', local, `import type { Runner } from '@cloche/core';`, 'no arrow leads'],
  ['… in a type expression', local, `export type R = import('@cloche/core').Runner;`, 'no arrow leads'],
  ['… by a re-export', local, `export { createRunner } from '@cloche/core';`, 'no arrow leads'],
  ['… by import()', local, `export const load = () => import('@cloche/core');`, 'no arrow leads'],
  [
    '… by import() of a template',
    local,
    'export const load = () => import(`@cloche/core`);',
    'no arrow leads',
  ],
  ['… by require', local, `require('@cloche/core');`, 'no arrow leads'],
  ['… by require.resolve', local, `require.resolve('@cloche/core');`, 'no arrow leads'],
  ['… by import.meta.resolve', local, `import.meta.resolve('@cloche/core');`, 'no arrow leads'],
  ['… by import =', local, `import core = require('@cloche/core');`, 'no arrow leads'],
  ['… by a reference comment', local, `/// <reference types="@cloche/core" />\nexport {};`, 'no arrow leads'],
  [
    '… by createRequire',
    local,
    `import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);\nload('@cloche/core');`,
    'no arrow leads',
  ],
  [
    '… by createRequire under another name, at once',
    local,
    `import { createRequire as make } from 'node:module';\nmake(import.meta.url)('@cloche/core');`,
    'no arrow leads',
  ],
  [
    'the playground’s server imports what its page bundles',
    'packages/playground/src/server/planted.ts',
    `import 'react';`,
    'react is not declared',
  ],
  ['an executor imports another', local, `import '@cloche/executor-docker';`, 'no arrow leads'],
  ['an executor imports the testkit', local, `import '@cloche/executor-testkit';`, 'no arrow leads'],
  [
    'the testkit imports an executor',
    'packages/executor-testkit/src/a.ts',
    `import '@cloche/executor-local';`,
    'no arrow leads',
  ],
  [
    'an executor without shells imports what those with shells share',
    local,
    `import '@cloche/sandbox-agent';`,
    'no arrow leads',
  ],
  ['what executors share imports one of them', agent, `import '@cloche/executor-docker';`, 'no arrow leads'],
  ['… imports the main entry of core', agent, `import '@cloche/core';`, 'no arrow leads'],
  [
    'an executor imports a server for tests',
    'packages/executor-daytona/src/a.ts',
    `import '@cloche/daytona-test-server';`,
    'no arrow leads',
  ],
  [
    'a server for tests imports core',
    'packages/daytona-test-server/src/a.ts',
    `import '@cloche/core/executor';`,
    'no arrow leads',
  ],
  ['core imports an executor', core, `import '@cloche/executor-local';`, 'no arrow leads'],
  ['core imports an executor lazily', core, `await import('@cloche/executor-local');`, 'no arrow leads'],
  [
    'a bin loads an executor before it is needed',
    cli,
    `import { run } from '@cloche/executor-local';`,
    'first use',
  ],
  ['a bin imports the testkit', cli, `import '@cloche/executor-testkit';`, 'no arrow leads'],
  [
    'a subpath that is not exported',
    local,
    `import '@cloche/core/src/runner.ts';`,
    'does not export ./src/runner.ts',
  ],
  [
    'a relative path out of the package',
    local,
    `import '../../core/src/index.ts';`,
    'leaves packages/executor-local',
  ],
  [
    '… in a test',
    'packages/executor-local/test/a.test.ts',
    `import '../../core/src/index.ts';`,
    'leaves packages',
  ],
  [
    'the contract imports the rest of core',
    closed,
    `import '../runner.ts';`,
    'leaves packages/core/src/executor',
  ],
  [
    'the contract imports the rest of core as a type',
    closed,
    `import type {} from '../runner.ts';`,
    'leaves packages/core',
  ],
  ['the contract imports a package', closed, `import { z } from 'zod';`, 'nothing but Node.js and itself'],
  ['the contract imports a package lazily', closed, `await import('zod');`, 'nothing but Node.js and itself'],
  [
    'the contract imports core by its name',
    closed,
    `import '@cloche/core';`,
    'nothing but Node.js and itself',
  ],
  ['an undeclared dependency', core, `import 'left-pad';`, 'left-pad is not declared'],
  [
    'an undeclared dependency of a test',
    'packages/core/test/a.test.ts',
    `import 'left-pad';`,
    'left-pad is not declared',
  ],
  [
    'a test imports a neighbour that is not declared',
    'packages/core/src/a.test.ts',
    `import 'cloche';`,
    'cloche does not export .',
  ],
  ['a dependency for development in sources', local, `import 'vitest';`, 'vitest is not declared'],
  ['a computed import', core, `export const load = (name: string) => import(name);`, 'computed import'],
  ['a computed require', core, `export const load = (name: string) => require(name);`, 'computed import'],
  ['an absolute path', core, `import '/etc/hosts.js';`, 'is not a package'],
  ['a URL', core, `import 'file:///etc/hosts.js';`, 'is not a package'],
  ['export *', core, `export * from './runner.ts';`, 'export *'],
  ['export * as', core, `export * as runner from './runner.ts';`, 'export *'],
  ['an index with code', 'packages/core/src/more/index.ts', `export const one = 1;`, 're-exports by name'],
  [
    'an index that imports',
    'packages/core/src/more/index.ts',
    `import '../runner.ts';`,
    're-exports by name',
  ],
  ['the environment', core, `export const home = process.env['HOME'];`, 'process.env is read in'],
  ['the environment, destructured', core, `const { env } = process;`, 'process.env is read in'],
  ['the environment, imported', core, `import { env } from 'node:process';`, 'process.env is read in'],
  [
    'the environment of an alias',
    core,
    `import self from 'node:process';\nself.env['A'];`,
    'process.env is read in',
  ],
  ['the environment through globalThis', core, `globalThis.process['env'];`, 'process.env is read in'],
  [
    'the environment behind a cast',
    core,
    `(process as object as { env: object })?.env;`,
    'process.env is read in',
  ],
  [
    'a package without a line in the rules',
    'packages/unknown/src/a.ts',
    `import '@cloche/core';`,
    'has no line in',
  ],
];

test('a tree whose arrows point the right way has no violation', () => {
  const workspace = plantWorkspace();
  expect(checkArrows(workspace.root)).toEqual([]);
});

test.for(plants)('finds: %s', ([, file, text, message]) => {
  const workspace = plantWorkspace();
  workspace.plant(
    'packages/unknown/package.json',
    '{ "name": "@cloche/unknown", "dependencies": { "@cloche/core": "0" } }',
  );
  workspace.plant(file, text);
  expect(checkArrows(workspace.root)).toEqual([
    { file, line: expect.any(Number), message: expect.stringContaining(message) },
  ]);
});

test('finds: what is never published, named among what an install brings along', () => {
  const workspace = plantWorkspace();
  const dependencies = { '@cloche/sandbox-agent': '0' };
  workspace.plant(
    'packages/executor-docker/package.json',
    JSON.stringify({ name: '@cloche/executor-docker', dependencies }),
  );
  expect(checkArrows(workspace.root)).toEqual([
    {
      file: 'packages/executor-docker/src/send.ts',
      line: 1,
      message: expect.stringContaining('@cloche/sandbox-agent is never published'),
    },
  ]);
});

test('names the line', () => {
  const workspace = plantWorkspace();
  workspace.plant(core, `// one\n// two\nimport 'left-pad';\n`);
  expect(checkArrows(workspace.root)).toMatchObject([{ file: core, line: 3 }]);
});

test('refuses a file that it cannot parse', () => {
  const workspace = plantWorkspace();
  workspace.plant(core, 'import {');
  expect(() => checkArrows(workspace.root)).toThrow(core);
});
