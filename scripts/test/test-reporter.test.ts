import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
const fixtures = join(import.meta.dirname, 'fixtures/reporter');

function runFixture(
  argv: readonly string[],
  isEveryTestRequired = false,
): { code: number | null; text: string; last: string } {
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', '--root', fixtures, ...argv], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], CLOCHE_TEST_REQUIRE: isEveryTestRequired ? 'all' : '' },
  });
  return { code: status, text: stdout, last: stdout.trimEnd().split('\n').at(-1) ?? '' };
}

test('every skip is printed with its reason, and the counts are the last line', () => {
  const { code, text, last } = runFixture(['skips']);
  expect(text).toContain('skips.case.ts > needs a thing: no such thing on this machine\n');
  expect(text).toContain('skips.case.ts > says nothing: no reason given\n');
  expect(text).toContain('skips.case.ts > is planned: still to be written\n');
  expect({ code, last }).toEqual({ code: 0, last: '1 passed, 0 failed, 3 skipped' });
});

test('a skip is a failure where every test is required', () => {
  const { code, text, last } = runFixture(['skips'], true);
  expect(text).toContain('each of these skips is a failure');
  expect({ code, last }).toEqual({ code: 1, last: '1 passed, 0 failed, 3 skipped' });
});

test('a paid suite without credentials is not a skip', () => {
  const { code, text, last } = runFixture(['paid'], true);
  expect(text).toContain('not run: paid.case.ts > costs money: PAID_SERVICE_KEY is not set\n');
  expect({ code, last }).toEqual({ code: 0, last: '1 passed, 0 failed, 0 skipped' });
});

test('asking for one test by its name does not skip the others', () => {
  expect(runFixture(['skips', '-t', 'passes'], true)).toMatchObject({
    code: 0,
    last: '1 passed, 0 failed, 0 skipped',
  });
});

test('a run of no test is a failure', () => {
  expect(runFixture(['skips', '-t', 'no such name'])).toMatchObject({
    code: 1,
    last: '0 passed, 0 failed, 0 skipped',
  });
  expect(runFixture(['no-such-file'])).toMatchObject({ code: 1, last: '0 passed, 0 failed, 0 skipped' });
});

test.for(['hook', 'broken', 'rejection'])('an error outside of any test counts as a failure: %s', (name) => {
  const { code, last } = runFixture([name]);
  expect({ code, last }).toMatchObject({ code: 1, last: expect.stringContaining(' 1 failed') });
});
