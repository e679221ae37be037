import type {
  CapturedOutput,
  ExecuteOptions,
  Execution,
  ExecutionEvent,
  ExecutionPlan,
  ExecutionResult,
  Executor,
  PhaseResult,
} from '@cloche/core/executor';

type Awaitable<Value> = Value | Promise<Value>;
type Wrap = (executor: Executor) => Executor;

/** Changes the plan before the executor sees it. */
export function withPlan(change: (plan: ExecutionPlan) => ExecutionPlan): Wrap {
  return (executor) => ({ ...executor, execute: (plan, options) => executor.execute(change(plan), options) });
}

/** Changes the execution that comes out. */
export function withExecution(
  change: (execution: Execution, plan: ExecutionPlan, options: ExecuteOptions) => Execution,
): Wrap {
  return (executor) => ({
    ...executor,
    execute: (plan, options) => change(executor.execute(plan, options), plan, options),
  });
}

export interface StreamChanges {
  /** What stands in an event's place; the result event is made from the changed result. */
  readonly event?: (event: Exclude<ExecutionEvent, { type: 'result' }>) => readonly ExecutionEvent[];
  readonly result?: (result: ExecutionResult, plan: ExecutionPlan) => Awaitable<ExecutionResult>;
}

/** Changes events and result, and keeps everything else of an execution. */
export function withStream({ event = (same) => [same], result = (same) => same }: StreamChanges): Wrap {
  return withExecution((inner, plan) => {
    const changed = inner.result.then((value) => result(value, plan));
    changed.catch(() => undefined);
    return replaceStream(inner, changed, async function* () {
      for await (const one of inner) {
        if (one.type === 'result') yield { type: 'result', result: await changed };
        else yield* event(one);
      }
    });
  });
}

export function replaceStream(
  inner: Execution,
  result: Promise<ExecutionResult>,
  iterate: () => AsyncGenerator<ExecutionEvent, void>,
): Execution {
  return {
    id: inner.id,
    result,
    write: (data) => inner.write(data),
    closeStdin: () => {
      inner.closeStdin();
    },
    [Symbol.asyncIterator]: iterate,
  };
}

/** Changes a result and nothing else. */
export function withResult(
  change: (result: ExecutionResult, plan: ExecutionPlan) => Awaitable<ExecutionResult>,
): Wrap {
  return withStream({ result: change });
}

/** Changes both phases of a result. */
export function withPhases(change: (phase: PhaseResult) => PhaseResult): Wrap {
  return withResult((result) => ({
    ...result,
    compile: result.compile === null ? null : change(result.compile),
    run: result.run === null ? null : change(result.run),
  }));
}

/** Changes what is kept of each stream of each phase. */
export function withKept(
  change: (output: CapturedOutput, stream: 'stdout' | 'stderr') => CapturedOutput,
): Wrap {
  return withPhases((phase) => ({
    ...phase,
    stdout: change(phase.stdout, 'stdout'),
    stderr: change(phase.stderr, 'stderr'),
  }));
}

/** Changes the bytes of output, in what streams and in what is kept. */
export function withBytes(change: (bytes: Buffer, stream: 'stdout' | 'stderr') => Uint8Array): Wrap {
  const kept = (output: CapturedOutput, stream: 'stdout' | 'stderr'): CapturedOutput => {
    const head = change(Buffer.from(output.head), stream);
    return { ...output, head, byteCount: output.byteCount - output.head.length + head.length };
  };
  return withStream({
    event: (event) =>
      event.type === 'stdout' || event.type === 'stderr'
        ? [{ ...event, data: change(Buffer.from(event.data), event.type) }]
        : [event],
    result: (result) => {
      const phase = (value: PhaseResult | null): PhaseResult | null =>
        value === null
          ? null
          : { ...value, stdout: kept(value.stdout, 'stdout'), stderr: kept(value.stderr, 'stderr') };
      return { ...result, compile: phase(result.compile), run: phase(result.run) };
    },
  });
}
