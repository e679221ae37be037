import { setTimeout as delay } from 'node:timers/promises';
import type {
  Execution,
  ExecutionPlan,
  Executor,
  LanguageCapability,
  LanguageId,
  Unavailability,
} from '@cloche/core/executor';
import { ClocheError, LANGUAGE_IDS, startExecution } from '@cloche/core/executor';
import { describeCapabilities } from './describe-capabilities.ts';
import { executePlan } from './execute-plan.ts';
import type { FakeExecutorOptions } from './fake-options.ts';
import { refusePlan } from './refuse-plan.ts';
import { findToolchain } from './toolchain.ts';
import type { Toolchain } from './toolchain.ts';

/**
 * An executor for tests of what stands above executors. It runs real programs with this machine's
 * toolchains, as plain child processes that reach whatever this user reaches: NOT for production.
 */
export function createFakeExecutor(options: FakeExecutorOptions): Executor {
  const { host, name = 'fake', available = true, failure = null } = options;
  const toolchains = new Map<LanguageId, Promise<Toolchain>>();
  const running = new Set<Execution>();
  const disposal = new AbortController();

  const toolchainOf = (language: LanguageId): Promise<Toolchain> => {
    const known = toolchains.get(language) ?? findToolchain(language, host);
    toolchains.set(language, known);
    return known;
  };
  const checkAvailable = (): void => {
    if (!available) throw unavailable(name);
    if (disposal.signal.aborted) throw disposed(name);
  };

  return {
    specificationVersion: 1,
    name,
    probe: async () => {
      await delay(options.probeDelayMs ?? 0);
      if (available) return { available: true, version: '1', latencyMs: options.probeDelayMs ?? 0 };
      const error = unavailable(name);
      const { message, hint } = error.text;
      return {
        available: false,
        code: error.code,
        reason: message,
        hint: hint ?? message,
        fix: [],
      } satisfies Unavailability;
    },
    capabilities: async (query) => {
      checkAvailable();
      const entries: [LanguageId, LanguageCapability][] = [];
      for (const language of query?.languages ?? LANGUAGE_IDS)
        entries.push([language, (await toolchainOf(language)).capability]);
      return describeCapabilities(Object.fromEntries(entries), options);
    },
    execute: (plan: ExecutionPlan, { signal: callerSignal }) => {
      const signal = AbortSignal.any([callerSignal, disposal.signal]);
      const execution = startExecution(plan, async (controller) => {
        checkAvailable();
        const toolchain = await toolchainOf(plan.language);
        const capabilities = describeCapabilities({}, options);
        refusePlan(plan, capabilities, toolchain.capability);
        if (failure !== null) throw failed(failure);
        // Cancelling ends the wait; the result says so afterwards.
        await delay(options.startDelayMs ?? 0, undefined, { signal }).catch(() => undefined);
        return await executePlan(plan, {
          executorName: name,
          host,
          toolchain,
          capabilities,
          controller,
          signal,
        });
      });
      running.add(execution);
      const forget = (): boolean => running.delete(execution);
      execution.result.then(forget, forget);
      return execution;
    },
    // Nothing of it outlives its process but directories of the system's temporary one.
    reap: () => Promise.resolve({ removed: [], failed: [] }),
    [Symbol.asyncDispose]: async () => {
      disposal.abort();
      await Promise.allSettled([...running].map((execution) => execution.result));
    },
  };
}

function unavailable(name: string): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: { en: `The executor ${name} is switched off.`, zh: `执行器 ${name} 已关闭。` },
    hint: { en: 'Create it with available: true.', zh: '请以 available: true 创建。' },
  });
}

function disposed(name: string): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_UNAVAILABLE',
    message: { en: `The executor ${name} is closed.`, zh: `执行器 ${name} 已关闭。` },
  });
}

function failed(message: string): ClocheError {
  return new ClocheError({ code: 'ERR_EXECUTOR_FAILED', message: { en: message, zh: message } });
}
