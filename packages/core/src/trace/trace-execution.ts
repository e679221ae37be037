import { tracingChannel } from 'node:diagnostics_channel';
import type { CapturedOutput, ExecutionPlan, ExecutionResult } from '../executor/index.ts';
import { ClocheError, PHASES } from '../executor/index.ts';
import type { ExecutionTrace } from './execution-trace.ts';
import { EXECUTION_TRACE_CHANNEL } from './execution-trace.ts';

const channel = tracingChannel<unknown, ExecutionTrace>(EXECUTION_TRACE_CHANNEL);

/** Whether anybody listens: nothing is gathered where nobody does. */
export function isTraced(): boolean {
  const { start, end, asyncStart, asyncEnd, error } = channel;
  return [start, end, asyncStart, asyncEnd, error].some(({ hasSubscribers }) => hasSubscribers);
}

/** Publishes one execution, from the call of `execute()` to its result or failure. */
export class TracedExecution {
  readonly #startedAtMs: number;
  readonly #trace: ExecutionTrace;

  /** @param startedAtMs on the clock of `performance.now()` */
  constructor(plan: ExecutionPlan, startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
    this.#trace = {
      id: plan.id,
      language: plan.language,
      codeBytes: plan.files.find((file) => file.path === plan.entry)?.content.length ?? 0,
      executor: null,
      isolation: null,
      status: null,
      stoppedIn: null,
      passedOver: [],
      phaseDurationsMs: {},
      queueMs: null,
      durationMs: null,
      stdoutBytes: 0,
      stderrBytes: 0,
      artifactCount: 0,
      artifactBytes: 0,
      errorCode: null,
    };
    channel.start.publish(this.#trace);
  }

  /** `execute()` returns. */
  returned(): void {
    channel.end.publish(this.#trace);
  }

  leftQueue(): void {
    this.#trace.queueMs = this.#elapsedMs();
  }

  succeeded(result: ExecutionResult): void {
    const phases = PHASES.flatMap((phase) => {
      const phaseResult = result[phase];
      return phaseResult === null ? [] : [[phase, phaseResult] as const];
    });
    const bytes = (stream: 'stdout' | 'stderr'): number =>
      phases.reduce((sum, [, phase]) => sum + (phase[stream] satisfies CapturedOutput).byteCount, 0);
    Object.assign(this.#trace, {
      executor: result.executor.name,
      isolation: result.executor.isolation,
      status: result.status,
      stoppedIn: result.stoppedIn,
      passedOver: result.executor.passedOver.map(({ name, code }) => ({ name, code })),
      phaseDurationsMs: Object.fromEntries(phases.map(([phase, { durationMs }]) => [phase, durationMs])),
      stdoutBytes: bytes('stdout'),
      stderrBytes: bytes('stderr'),
      artifactCount: result.artifacts.length,
      artifactBytes: result.artifacts.reduce((sum, { content }) => sum + content.length, 0),
    } satisfies Partial<ExecutionTrace>);
    this.#settled();
  }

  failed(error: unknown): void {
    // The code alone: a message may name a path, a cause may carry a command with its arguments.
    this.#trace.errorCode = ClocheError.isInstance(error) ? error.code : 'ERR_EXECUTOR_FAILED';
    channel.error.publish(this.#trace);
    this.#settled();
  }

  #settled(): void {
    this.#trace.durationMs = this.#elapsedMs();
    channel.asyncStart.publish(this.#trace);
    channel.asyncEnd.publish(this.#trace);
  }

  #elapsedMs(): number {
    return performance.now() - this.#startedAtMs;
  }
}
