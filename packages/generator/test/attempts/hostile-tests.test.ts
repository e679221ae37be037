import type { LanguageId } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import { endsWhenLoaded } from '../../src/attempts/ends-when-loaded.ts';
import { testsRunNothing } from '../../src/attempts/tests-run-nothing.ts';

/** As long as tests may be. */
const LENGTH = 1024 * 1024;

function times(text: string): string {
  return text.repeat(LENGTH / text.length);
}

const names = Array.from({ length: 40_000 }, (_, number) => `def test${number}(): 0\n`).join('');

const TESTS: readonly (readonly [string, LanguageId, string])[] = [
  ['nothing but line ends', 'rust', `${times('\n')}x`],
  ['nothing but line ends', 'python', `${times('\n')}x`],
  ['a class whose head does not end', 'python', `class A(${times('TestCase ')}`],
  ['tests by the ten thousand', 'python', names],
];

test.each(TESTS)(
  'tests of %s in %s are looked at in a time that grows with their length',
  (_name, language, code) => {
    const tests = { fileName: 'tests.py', language, code };
    const startedAtMs = performance.now();
    testsRunNothing(tests);
    endsWhenLoaded({ tests } as Parameters<typeof endsWhenLoaded>[0], language, 'exit(0)\n');
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  },
);
