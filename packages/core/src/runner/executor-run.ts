import type {
  ExecutionController,
  ExecutionPlan,
  ExecutionResult,
  Executor,
  Isolation,
  LocalizedText,
  PassedOverExecutor,
} from '../executor/index.ts';
import { ClocheError, isIsolationAtLeast, LIMIT_ENFORCED_BY } from '../executor/index.ts';
import { askCapabilities } from './ask-capabilities.ts';
import { fitPlan } from './fit-plan.ts';
import { forwardExecution } from './forward-execution.ts';
import { limitFlag } from './limit-flag.ts';
import type { RunDemands } from './run-demands.ts';
import type { RunPlace } from './run-place.ts';
import { StdinRelay } from './stdin-relay.ts';

/** One run on its way through one executor after another, until one of them has started code. */
export class ExecutorRun {
  readonly demands: RunDemands;
  readonly signal: AbortSignal;
  readonly #controller: ExecutionController;
  readonly #place: RunPlace;
  readonly #stdin: StdinRelay | null;
  #isCodeStarted = false;

  constructor(demands: RunDemands, controller: ExecutionController, signal: AbortSignal, place: RunPlace) {
    this.demands = demands;
    this.signal = signal;
    this.#controller = controller;
    this.#place = place;
    this.#stdin = demands.plan.stdin.kind === 'stream' ? new StdinRelay(controller) : null;
  }

  /** Whether another executor may still begin it anew. */
  get mayMoveOn(): boolean {
    return !this.#isCodeStarted && this.#stdin?.isCommitted !== true;
  }

  /** @throws whatever the executor throws, or says that it cannot do */
  async on(executor: Executor, passedOver: readonly PassedOverExecutor[]): Promise<ExecutionResult> {
    const query = { languages: [this.demands.plan.language] };
    const capabilities = await askCapabilities(executor, query, this.signal);
    const plan = fitPlan(executor.name, this.demands, capabilities);
    this.signal.throwIfAborted();
    try {
      const result = await this.#execute(executor, plan);
      return this.#decorate(result, passedOver);
    } finally {
      this.#stdin?.disconnect();
    }
  }

  async #execute(executor: Executor, plan: ExecutionPlan): Promise<ExecutionResult> {
    const execution = await this.#place.execute(executor, plan, this.signal);
    this.#stdin?.connect(execution);
    return forwardExecution(execution, this.#controller, {
      signal: this.signal,
      onCodeStarted: () => {
        this.#isCodeStarted = true;
        this.#place.began(executor);
        this.#stdin?.commit();
      },
    });
  }

  #decorate(result: ExecutionResult, passedOver: readonly PassedOverExecutor[]): ExecutionResult {
    const minimumIsolation = weakestIsolation(this.demands);
    const { name, isolation } = result.executor;
    if (!isIsolationAtLeast(isolation, minimumIsolation) && result.status !== 'cancelled') {
      throw isolationWasWeaker(name, isolation, minimumIsolation);
    }
    return {
      ...result,
      executor: { name, isolation, passedOver },
      warnings: [...result.warnings, ...this.#brokenPromises(result), ...this.#place.keep(result)],
    };
  }

  /** What the executor said it enforces, and then did not. */
  #brokenPromises(result: ExecutionResult): LocalizedText[] {
    const hasRun = result.install !== null || result.compile !== null || result.run !== null;
    if (!hasRun) return [];
    return this.demands.plan.requiredLimits
      .filter((limitName) => {
        const limit = LIMIT_ENFORCED_BY[limitName];
        return limit !== null && result.enforcement[limit].support !== 'enforced';
      })
      .map((limitName) => ({
        en: `The limit ${limitName} (${limitFlag(limitName)}) was not enforced in this run, though the executor ${result.executor.name} had promised it.`,
        zh: `本次运行未能执行限制 ${limitName}（${limitFlag(limitName)}），尽管执行器 ${result.executor.name} 曾作出保证。`,
        withoutFlags: {
          en: `The limit ${limitName} was not enforced in this run, though the executor ${result.executor.name} had promised it.`,
          zh: `本次运行未能执行限制 ${limitName}，尽管执行器 ${result.executor.name} 曾作出保证。`,
        },
      }));
  }
}

function weakestIsolation({ minimumIsolation, untrustedArguments }: RunDemands): Isolation {
  return minimumIsolation === 'none' && untrustedArguments !== null ? 'process' : minimumIsolation;
}

function isolationWasWeaker(name: string, actual: string, minimum: string): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The executor ${name} ran the program with the isolation ${actual}, though at least ${minimum} was demanded and promised.`,
      zh: `执行器 ${name} 以隔离级别 ${actual} 运行了程序，而要求并承诺的级别至少为 ${minimum}。`,
    },
    hint: {
      en: 'Treat what the program could reach as touched, and see what is wrong with the executor: cloche doctor',
      zh: '请将程序可能接触到的内容视为已被改动，并检查执行器的问题：cloche doctor',
    },
  });
}
