import { createPlan } from '@cloche/core/executor';
import type { Executor } from '@cloche/core/executor';
import { describeExecutor } from '@cloche/executor-testkit';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { afterAll, beforeAll } from 'vitest';
import { createTestHost } from './create-test-host.ts';

let testHost: Awaited<ReturnType<typeof createTestHost>>;

/** A machine's first Go program waits for the standard library. */
const PREPARATION_TIMEOUT_MS = 600_000;

function create(): Executor {
  const options = { ...DEFAULT_DOCKER_OPTIONS, image: 'cloche-test:dev' };
  return dockerExecutor.create(options, testHost.host);
}

beforeAll(async () => {
  testHost = await createTestHost();
  const executor = create();
  const plan = createPlan({ language: 'go', code: 'package main\n\nfunc main() {}\n' });
  await executor.execute(plan, { signal: new AbortController().signal }).result;
  await executor[Symbol.asyncDispose]();
}, PREPARATION_TIMEOUT_MS);

afterAll(async () => {
  await testHost.remove();
});

describeExecutor('docker', { create });
