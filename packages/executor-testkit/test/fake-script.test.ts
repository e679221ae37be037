import type { ExecutionRequest, Executor } from '@cloche/core/executor';
import { createPlan } from '@cloche/core/executor';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeExecutor, createFakePlugin } from '../src/fake/index.ts';
import type { FakeExecutorOptions } from '../src/fake/index.ts';
import { createTestHost } from './create-test-host.ts';

const HELLO: ExecutionRequest = { language: 'bash', code: 'echo hello\n', network: 'full' };

function create(options: Omit<FakeExecutorOptions, 'host'>): Executor {
  const executor = createFakeExecutor({ host: createTestHost(), ...options });
  onTestFinished(() => executor[Symbol.asyncDispose]());
  return executor;
}

describe('the fake executor', () => {
  test('is unavailable when told to be', async () => {
    const executor = create({ available: false });
    expect(await executor.probe()).toMatchObject({ available: false, code: 'ERR_EXECUTOR_UNAVAILABLE' });
    await expect(executor.capabilities()).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE' });
    const { result } = executor.execute(createPlan(HELLO), { signal: new AbortController().signal });
    await expect(result).rejects.toMatchObject({ code: 'ERR_EXECUTOR_UNAVAILABLE' });
  });

  test('fails when told to fail, with the message that it was given', async () => {
    const executor = create({ failure: 'the engine is gone' });
    const { result } = executor.execute(createPlan(HELLO), { signal: new AbortController().signal });
    await expect(result).rejects.toMatchObject({
      code: 'ERR_EXECUTOR_FAILED',
      message: 'the engine is gone',
    });
  });

  test('waits before it starts, and can be cancelled while it waits', async () => {
    const executor = create({ startDelayMs: 60_000 });
    const abort = new AbortController();
    const { result } = executor.execute(createPlan(HELLO), { signal: abort.signal });
    abort.abort();
    expect(await result).toMatchObject({ status: 'cancelled', run: null });
  });

  test('takes its time for a probe', async () => {
    const startedAt = performance.now();
    expect(await create({ probeDelayMs: 200 }).probe()).toMatchObject({ available: true });
    expect(performance.now() - startedAt).toBeGreaterThan(190);
  });

  test('claims the isolation that it is given, and says in a warning that it holds nothing', async () => {
    const capabilities = await create({ claimedIsolation: 'container' }).capabilities({
      languages: ['bash'],
    });
    expect(capabilities.isolation).toBe('container');
    expect(capabilities.warnings).toHaveLength(1);
  });

  test('comes as a plugin of any name', async () => {
    const plugin = createFakePlugin({ name: 'other' });
    const executor = plugin.create({}, createTestHost());
    expect([plugin.name, executor.name]).toEqual(['other', 'other']);
    const execution = executor.execute(createPlan(HELLO), { signal: new AbortController().signal });
    expect(await execution.result).toMatchObject({ status: 'ok', executor: { name: 'other' } });
    await executor[Symbol.asyncDispose]();
  });
});
