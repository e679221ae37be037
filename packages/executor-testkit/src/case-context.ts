import assert from 'node:assert/strict';
import type {
  Execution,
  ExecutionEvent,
  ExecutionPlan,
  ExecutionRequest,
  Executor,
  ExecutorCapabilities,
} from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import type { ConformanceCase } from './conformance-case.ts';
import type { EnvironmentCanary } from './environment.ts';
import { observe } from './observation.ts';
import type { Observation } from './observation.ts';
import { within } from './within.ts';

/** What all cases of one executor share. */
export interface ConformanceSubject {
  readonly create: () => Promise<Executor>;
  readonly executor: Executor;
  readonly capabilities: ExecutorCapabilities;
  readonly canary: EnvironmentCanary;
  readonly createPlan: (request: ExecutionRequest) => ExecutionPlan;
  /** How long a case waits for anything that should be there soon, milliseconds. */
  readonly patienceMs: number;
}

export interface StartOptions {
  readonly executor?: Executor;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ExecutionEvent) => void;
}

/** An execution that is being read to its end. */
export interface Start {
  readonly plan: ExecutionPlan;
  readonly execution: Execution;
  readonly observation: Promise<Observation>;
  readonly cancel: () => void;
}

/** What a case works with. Everything that it starts is ended after it. */
export interface CaseContext extends ConformanceSubject {
  /** A plan whose network policy is one that the executor offers, unless the request names one. */
  readonly plan: (request: ExecutionRequest) => ExecutionPlan;
  /** Executes a plan as it is, read by nobody yet. */
  readonly execute: (plan: ExecutionPlan, options?: StartOptions) => Execution;
  readonly start: (request: ExecutionRequest, options?: StartOptions) => Start;
  readonly run: (request: ExecutionRequest, options?: StartOptions) => Promise<Observation>;
  /** One more executor, for cases about its life. */
  readonly anotherExecutor: () => Promise<Executor>;
  readonly wait: <Value>(promise: PromiseLike<Value>, what: string) => Promise<Value>;
}

/** Runs one case, then ends whatever it left under way. */
export async function runConformanceCase(
  conformanceCase: ConformanceCase,
  subject: ConformanceSubject,
): Promise<void> {
  const cleanUps: (() => Promise<unknown>)[] = [];
  try {
    await conformanceCase.run(createCaseContext(subject, cleanUps));
  } finally {
    for (const cleanUp of cleanUps.toReversed()) {
      // The case has its verdict already; what cannot be ended must not hide it.
      await within(cleanUp(), subject.patienceMs, 'the end of what the case had started').catch(
        () => undefined,
      );
    }
  }
}

function createCaseContext(subject: ConformanceSubject, cleanUps: (() => Promise<unknown>)[]): CaseContext {
  const wait = <Value>(promise: PromiseLike<Value>, what: string): Promise<Value> =>
    within(promise, subject.patienceMs, what);
  const plan = (request: ExecutionRequest): ExecutionPlan => {
    const network = request.network ?? (subject.capabilities.networks.includes('none') ? 'none' : 'full');
    return subject.createPlan({ ...request, network });
  };
  const execute = (given: ExecutionPlan, options: StartOptions = {}): Execution =>
    executeWith(given, options).execution;
  const executeWith = (
    given: ExecutionPlan,
    options: StartOptions,
  ): { execution: Execution; cancel: () => void } => {
    const abort = new AbortController();
    const signal =
      options.signal === undefined ? abort.signal : AbortSignal.any([options.signal, abort.signal]);
    const execution = (options.executor ?? subject.executor).execute(given, { signal });
    const cancel = (): void => {
      abort.abort();
    };
    cleanUps.push(() => {
      cancel();
      return execution.result;
    });
    return { execution, cancel };
  };
  const start = (request: ExecutionRequest, options: StartOptions = {}): Start => {
    const given = plan(request);
    const { execution, cancel } = executeWith(given, options);
    const observation = observe(execution, options.onEvent ?? (() => undefined));
    // Whoever waits gets the failure; until then it is nobody's.
    observation.catch(() => undefined);
    return { plan: given, execution, observation, cancel };
  };
  return {
    ...subject,
    wait,
    plan,
    execute,
    start,
    run: (request, options) => wait(start(request, options).observation.catch(asUnexpected), 'the result'),
    anotherExecutor: async () => {
      const executor = await wait(subject.create(), 'the creation of an executor');
      cleanUps.push(() => executor[Symbol.asyncDispose]());
      return executor;
    },
  };
}

function asUnexpected(error: unknown): never {
  if (!ClocheError.isInstance(error)) throw error;
  assert.fail(`the executor failed with ${error.code}: ${error.message}`);
}
