import { createPlan } from '@cloche/core/executor';
import type {
  ExecutionPlan,
  ExecutionRequest,
  ExecutionResult,
  Executor,
  ExecutorHost,
} from '@cloche/core/executor';
import type { DaytonaServer, DaytonaServerOptions } from '@cloche/daytona-test-server';
import { startDaytonaServer } from '@cloche/daytona-test-server';
import type { DaytonaOptions } from '@cloche/executor-daytona';
import { DEFAULT_DAYTONA_OPTIONS } from '@cloche/executor-daytona';
import { DaytonaExecutor } from '../../src/daytona-executor.ts';
import type { Timing } from '../../src/service/timing.ts';
import { DEFAULT_TIMING } from '../../src/service/timing.ts';
import { createTestHost } from './create-test-host.ts';

/** Short waits, for a service on this machine that is made to fail. */
const SHORT_TIMING: Timing = {
  ...DEFAULT_TIMING,
  creationMs: 2000,
  requestMs: 1500,
  deletionMs: 1500,
  executeGraceMs: 1000,
  unreachableMs: 4000,
  retryPausesMs: [20, 50, 100, 200],
  deletionPausesMs: [50, 100, 200, 400, 1000, 3000],
  lookPausesMs: [0, 100, 300, 600],
  silentMs: 200,
  resultWaitsMs: 2500,
  disposalWaitsMs: 15_000,
};

export interface Fixture extends AsyncDisposable {
  readonly server: DaytonaServer;
  readonly host: ExecutorHost;
  readonly executor: (options?: Partial<DaytonaOptions>, timing?: Timing) => DaytonaExecutor;
}

/** A server and a host; executors that are made of them end with them. */
export async function openFixture(options: DaytonaServerOptions = {}): Promise<Fixture> {
  const server = await startDaytonaServer(options);
  const { host, remove } = await createTestHost();
  const executors: Executor[] = [];
  return {
    server,
    host,
    executor: (given = {}, timing = SHORT_TIMING) => {
      const { apiKey, apiUrl } = server;
      const executor = new DaytonaExecutor(
        { ...DEFAULT_DAYTONA_OPTIONS, apiKey, apiUrl, ...given },
        host,
        timing,
      );
      executors.push(executor);
      return executor;
    },
    [Symbol.asyncDispose]: async () => {
      for (const executor of executors) await executor[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await remove();
    },
  };
}

export function planOf(code: string, rest: Partial<ExecutionRequest> = {}): ExecutionPlan {
  return createPlan({ language: 'bash', code, ...rest });
}

export function run(executor: Executor, plan: ExecutionPlan, signal?: AbortSignal): Promise<ExecutionResult> {
  return executor.execute(plan, { signal: signal ?? new AbortController().signal }).result;
}

/** Waits until the server holds no sandbox; the names of those that are left after a while. */
export async function namesLeft(server: DaytonaServer, patienceMs = 8000): Promise<string[]> {
  const until = performance.now() + patienceMs;
  while (server.sandboxes().length > 0 && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return server.sandboxes().map(({ name }) => name);
}
