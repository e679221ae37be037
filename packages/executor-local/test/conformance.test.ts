import { createPlan } from '@cloche/core/executor';
import { describeExecutor } from '@cloche/executor-testkit';
import { localExecutor } from '@cloche/executor-local';
import { afterAll, beforeAll } from 'vitest';
import { createTestHost } from './create-test-host.ts';

let testHost: Awaited<ReturnType<typeof createTestHost>>;

/** On a fresh machine, and on a slow one. */
const PREPARATION_TIMEOUT_MS = 600_000;

/** The first Go program of a machine waits for the standard library, longer than a case waits for anything. */
async function compileGoLibrary(): Promise<void> {
  const executor = localExecutor.create({ sandbox: 'required' }, testHost.host);
  const plan = createPlan({ language: 'go', code: 'package main\n\nfunc main() {}\n' });
  await executor.execute(plan, { signal: new AbortController().signal }).result;
  await executor[Symbol.asyncDispose]();
}

beforeAll(async () => {
  testHost = await createTestHost();
  await compileGoLibrary();
}, PREPARATION_TIMEOUT_MS);

afterAll(async () => {
  await testHost.remove();
});

describeExecutor('local, under a sandbox', {
  create: () => localExecutor.create({ sandbox: 'required' }, testHost.host),
});

describeExecutor('local, without a sandbox', {
  create: () => localExecutor.create({ sandbox: 'off' }, testHost.host),
});
