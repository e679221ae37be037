import type { Executor, ExecutorHost } from '@cloche/core/executor';
import type { DaytonaOptions } from '@cloche/executor-daytona';
import { DEFAULT_DAYTONA_OPTIONS, daytonaExecutor } from '@cloche/executor-daytona';
import { describeExecutor } from '@cloche/executor-testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHost } from './create-test-host.ts';

/** Go's library is compiled once for a machine. */
const PREPARATION_TIMEOUT_MS = 600_000;

export interface ConformanceService extends AsyncDisposable {
  readonly options: Partial<DaytonaOptions>;
  /** Sandboxes that are there once every executor is disposed. */
  readonly namesLeft: () => Promise<readonly string[]>;
}

/**
 * The whole conformance suite on one service, or a skip with its reason.
 *
 * @param problem why it cannot run here; null where it can
 */
export function describeDaytonaConformance(
  name: string,
  problem: string | null,
  open: () => Promise<ConformanceService>,
): void {
  const register = problem === null ? () => describeOn(name, open) : () => skip(name, problem);
  register();
}

function skip(name: string, problem: string): void {
  test(`${name} passes the conformance suite`, (context) => {
    context.skip(problem);
    expect.fail('a test that was skipped went on');
  });
}

function describeOn(name: string, open: () => Promise<ConformanceService>): void {
  let host: ExecutorHost;
  let removeHost: () => Promise<void>;
  let service: ConformanceService;

  beforeAll(async () => {
    const testHost = await createTestHost();
    host = testHost.host;
    removeHost = testHost.remove;
    service = await open();
  }, PREPARATION_TIMEOUT_MS);

  afterAll(async () => {
    const left = await service.namesLeft();
    await service[Symbol.asyncDispose]();
    await removeHost();
    if (left.length > 0) throw new Error(`sandboxes were left: ${left.join(', ')}`);
  });

  describeExecutor(name, {
    create: (): Executor => daytonaExecutor.create({ ...DEFAULT_DAYTONA_OPTIONS, ...service.options }, host),
  });
}
