import { findDaytonaServerSupport } from '@cloche/daytona-test-server';
import type { DaytonaServerOptions } from '@cloche/daytona-test-server';
import { test } from 'vitest';
import type { Fixture } from './daytona-fixture.ts';
import { openFixture } from './daytona-fixture.ts';

const TIMEOUT_MS = 60_000;

const support = findDaytonaServerSupport();

/** A test with a server of its own; skipped, with the reason, where that cannot run. */
export function daytonaTest(
  name: string,
  body: (fixture: Fixture) => Promise<void>,
  options: DaytonaServerOptions = {},
): void {
  // oxlint-disable-next-line vitest/expect-expect -- the body asserts
  test(name, { timeout: TIMEOUT_MS, concurrent: true }, async (context) => {
    context.skip(!support.available, support.available ? '' : support.reason);
    await using fixture = await openFixture(options);
    await body(fixture);
  });
}
