import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contentProblems } from '../package-content.ts';

const MANIFEST = {
  name: 'x',
  bin: { x: './bin/x.cjs' },
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
};
const WHOLE = ['README.md', 'LICENSE', 'bin/x.cjs', 'dist/index.d.ts', 'dist/index.js', 'dist/chunk.js'];

test.each([
  ['a whole package', WHOLE, []],
  ['one without its licence', WHOLE.filter((name) => name !== 'LICENSE'), ['LICENSE is not published']],
  [
    'one that was not built',
    WHOLE.filter((name) => !name.startsWith('dist')),
    ['./dist/index.d.ts is not published', './dist/index.js is not published'],
  ],
  [
    'one with more than is of use',
    [...WHOLE, 'src/index.ts', 'dist/index.ts', 'tsdown.config.ts'],
    ['src/index.ts', 'dist/index.ts', 'tsdown.config.ts'].map((name) => `${name} should not be published`),
  ],
])('%s', (_, files, problems) => {
  const folder = mkdtempSync(join(tmpdir(), 'cloche-content-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['package.json', ...files]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), name === 'package.json' ? JSON.stringify(MANIFEST) : '');
  }
  expect(contentProblems(folder).toSorted()).toEqual(problems.toSorted());
});
