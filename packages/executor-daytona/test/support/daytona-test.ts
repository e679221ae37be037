import { test } from 'vitest';
import type { Fixture } from './daytona-fixture.ts';
import { openFixture } from './daytona-fixture.ts';

const TIMEOUT_MS = 60_000;

export type DaytonaTest = (name: string, body: (fixture: Fixture) => Promise<void>) => void;

/**
 * Registers tests with a server of their own, which end with a server that holds nothing.
 *
 * @param problem why they cannot run here; null where they can
 */
export function daytonaTest(problem: string | null): DaytonaTest {
  return (name, body) => {
    test(name, { timeout: TIMEOUT_MS }, async (context) => {
      context.skip(problem !== null, problem ?? '');
      await using fixture = await openFixture();
      await body(fixture);
    });
  };
}
