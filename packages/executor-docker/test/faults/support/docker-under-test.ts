import type {
  Execution,
  ExecutionRequest,
  ExecutionResult,
  Executor,
  ExecutorHost,
} from '@cloche/core/executor';
import { createPlan, EMPTY_OUTPUT, formatOwner, outputText } from '@cloche/core/executor';
import { DEFAULT_DOCKER_OPTIONS, dockerExecutor } from '@cloche/executor-docker';
import { createTestHost } from '../../create-test-host.ts';
import { TOOLCHAINS_IMAGE } from '../../support/test-engine.ts';

type DockerOptions = typeof DEFAULT_DOCKER_OPTIONS;

/** An executor of the test's own, with what is needed to ask the engine about it. */
export interface DockerUnderTest extends AsyncDisposable {
  readonly executor: Executor;
  readonly host: ExecutorHost;
  /** As it stands in the label of its containers. Executors of one process share it. */
  readonly owner: string;
  start: (request: ExecutionRequest, signal?: AbortSignal) => Execution;
  run: (request: ExecutionRequest, signal?: AbortSignal) => Promise<ExecutionResult>;
  /** Runs a program that must end well; what it printed. */
  print: (request: ExecutionRequest) => Promise<string>;
}

/** Without a pool, unless options say so: what is left can then be told from what waits. */
export async function openDocker(options: Partial<DockerOptions> = {}): Promise<DockerUnderTest> {
  const testHost = await createTestHost();
  const { host } = testHost;
  const defaults = { ...DEFAULT_DOCKER_OPTIONS, image: TOOLCHAINS_IMAGE, pool: NO_POOL };
  const executor = dockerExecutor.create({ ...defaults, ...options }, host);
  const start = (request: ExecutionRequest, signal = new AbortController().signal): Execution =>
    executor.execute(createPlan(request), { signal });
  const run = (request: ExecutionRequest, signal?: AbortSignal): Promise<ExecutionResult> =>
    start(request, signal).result;
  return {
    executor,
    host,
    owner: formatOwner(host.owner),
    start,
    run,
    print: async (request) => {
      const result = await run(request);
      if (result.status !== 'ok') throw new Error(`${result.status}: ${errorOutputOf(result)}`);
      return outputOf(result);
    },
    [Symbol.asyncDispose]: async () => {
      await executor[Symbol.asyncDispose]();
      await testHost.remove();
    },
  };
}

const NO_POOL: DockerOptions['pool'] = { ...DEFAULT_DOCKER_OPTIONS.pool, size: 0 };

export function python(code: string, more: Partial<ExecutionRequest> = {}): ExecutionRequest {
  return { language: 'python', code, ...more };
}

export function outputOf({ run }: ExecutionResult): string {
  return outputText(run?.stdout ?? EMPTY_OUTPUT);
}

function errorOutputOf({ run, compile }: ExecutionResult): string {
  return outputText((run ?? compile)?.stderr ?? EMPTY_OUTPUT);
}
