import type { Execution, ExecutionEvent, ExecutionResult, Phase, Stage } from '@cloche/core/executor';

/** Everything that an execution showed to a consumer who read it to its end. */
export interface Observation {
  readonly result: ExecutionResult;
  readonly events: readonly ExecutionEvent[];
}

/** Begins to iterate before it returns, as the contract asks. */
export async function observe(
  execution: Execution,
  onEvent: (event: ExecutionEvent) => void,
): Promise<Observation> {
  const events: ExecutionEvent[] = [];
  for await (const event of execution) {
    events.push(event);
    onEvent(event);
  }
  return { events, result: await execution.result };
}

/** What streamed of one output in one phase. */
export function streamed(
  events: readonly ExecutionEvent[],
  type: 'stdout' | 'stderr',
  phase: Phase = 'run',
): Buffer {
  const chunks: Uint8Array[] = [];
  for (const event of events) {
    if (event.type === type && event.phase === phase) chunks.push(event.data);
  }
  return Buffer.concat(chunks);
}

export function stagesOf(
  events: readonly ExecutionEvent[],
): { readonly stage: Stage; readonly state: string }[] {
  return events.flatMap((event) =>
    event.type === 'stage' ? [{ stage: event.stage, state: event.state }] : [],
  );
}
