import type { LoadedConfig, Runner } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { ExecutorHealth } from '../../api/executor-health.ts';
import { executorHealth } from './executor-health.ts';

/** The page offers this one also where nobody has added it yet, since it says what to do for it. */
const OFFERED = 'daytona';

interface Inspection {
  readonly runner: Runner;
  readonly startedAtMs: number;
  readonly executors: Promise<readonly ExecutorHealth[]>;
}

/** What every executor says of itself, looked at once for all tabs that ask within a while. */
export class ExecutorInspection {
  readonly #validMs: number;
  #last: Inspection | null = null;

  constructor(validMs: number) {
    this.#validMs = validMs;
  }

  inspect(runner: Runner, isFresh: boolean): Promise<readonly ExecutorHealth[]> {
    const last = this.#last;
    const isValid = last !== null && performance.now() - last.startedAtMs < this.#validMs;
    if (!isFresh && isValid && last.runner === runner) return last.executors;
    const executors = inspectAll(runner);
    this.#last = { runner, startedAtMs: performance.now(), executors };
    return executors;
  }
}

/** The names that a page may choose from. */
export async function executorChoices(runner: Runner, { config }: LoadedConfig): Promise<readonly string[]> {
  const names = await runner.executorNames();
  return [...new Set(['auto', ...config.auto.order, ...names, OFFERED, config.executor])];
}

async function inspectAll(runner: Runner): Promise<readonly ExecutorHealth[]> {
  const executors = (await runner.inspect()).map(executorHealth);
  if (executors.some(({ name }) => name === OFFERED)) return executors;
  return [...executors, await missing(runner)];
}

async function missing(runner: Runner): Promise<ExecutorHealth> {
  const error: unknown = await runner.executor(OFFERED).then(
    () => null,
    (reason: unknown) => reason,
  );
  const text = ClocheError.isInstance(error) ? error.text : null;
  return {
    name: OFFERED,
    available: false,
    isolation: null,
    version: null,
    reason: text?.message ?? null,
    hint: text?.hint ?? null,
    fix: [`cloche executors add ${OFFERED}`],
    languages: {},
    limits: {},
  };
}
