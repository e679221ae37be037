import { expect, test } from 'vitest';
import { nearestName } from '../../src/config/nearest-name.ts';

const KNOWN = ['python', 'javascript', 'typescript', 'java', 'go', 'rust', 'bash', 'docker', 'local'];

test.each<[string, string | null]>([
  ['pyhton', 'python'],
  ['Pyton', 'python'],
  ['javscript', 'javascript'],
  ['dokcer', 'docker'],
  ['locla', 'local'],
  ['typescrip', 'typescript'],
  ['g', 'go'],
  ['ruby', null],
  ['', null],
  ['x'.repeat(1_000_000), null],
])('for %.20j the nearest name is %j', (given, nearest) => {
  expect(nearestName(given, KNOWN)).toBe(nearest);
});
