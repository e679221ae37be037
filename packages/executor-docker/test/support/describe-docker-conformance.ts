import { createPlan } from '@cloche/core/executor';
import type { Executor } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import type { DockerOptions } from '@cloche/executor-docker';
import { describeExecutor } from '@cloche/executor-testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHost } from '../create-test-host.ts';

/** A machine's first Go program waits for the standard library. */
const PREPARATION_TIMEOUT_MS = 600_000;

export interface ConformanceEngine extends AsyncDisposable {
  readonly options: Partial<DockerOptions>;
}

/**
 * The whole conformance suite on one engine, or a skip with its reason.
 *
 * @param problem why it cannot run here; null where it can
 * @param open brings the engine up before the first case
 */
export function describeDockerConformance(
  name: string,
  problem: string | null,
  open: () => Promise<ConformanceEngine>,
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

function describeOn(name: string, open: () => Promise<ConformanceEngine>): void {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let engine: ConformanceEngine;
  const create = (): Executor =>
    dockerExecutor.create({ ...DEFAULT_DOCKER_OPTIONS, ...engine.options }, testHost.host);

  beforeAll(async () => {
    testHost = await createTestHost();
    engine = await open();
    const executor = create();
    const plan = createPlan({ language: 'go', code: 'package main\n\nfunc main() {}\n' });
    await executor.execute(plan, { signal: new AbortController().signal }).result;
    await executor[Symbol.asyncDispose]();
  }, PREPARATION_TIMEOUT_MS);

  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await testHost.remove();
  });

  describeExecutor(name, { create });
}
