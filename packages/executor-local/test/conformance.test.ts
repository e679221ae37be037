import { describeExecutor } from '@cloche/executor-testkit';
import { localExecutor } from '@cloche/executor-local';
import { afterAll, beforeAll } from 'vitest';
import { createTestHost } from './create-test-host.ts';

let testHost: Awaited<ReturnType<typeof createTestHost>>;

beforeAll(async () => {
  testHost = await createTestHost();
});

afterAll(async () => {
  await testHost.remove();
});

describeExecutor('local, under a sandbox', {
  create: () => localExecutor.create({ sandbox: 'required' }, testHost.host),
});

describeExecutor('local, without a sandbox', {
  create: () => localExecutor.create({ sandbox: 'off' }, testHost.host),
});
