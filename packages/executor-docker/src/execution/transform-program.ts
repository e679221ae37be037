import type {
  ExecutionController,
  ExecutionPlan,
  ExecutorHost,
  PhaseResult,
  PlanFile,
} from '@cloche/core/executor';
import { EMPTY_OUTPUT, OutputCapture, transformSources } from '@cloche/core/executor';

export interface TransformedProgram {
  /** The compile phase of the result: its stderr is the transformer's message. */
  readonly compile: PhaseResult;
  /** Null where the sources are not valid TypeScript. */
  readonly transformed: { readonly files: readonly PlanFile[]; readonly runArgv: readonly string[] } | null;
}

/** The compile phase of TypeScript, which takes place in Cloche and in no container. */
export async function transformProgram(
  plan: ExecutionPlan,
  host: ExecutorHost,
  controller: ExecutionController,
): Promise<TransformedProgram> {
  controller.emit({ type: 'stage', stage: 'compile', state: 'started' });
  const startedAtMs = performance.now();
  const transformed = await transformSources(plan, host);
  const stderr = new OutputCapture(plan.limits.outputBytes);
  if (!transformed.ok) {
    const data = new TextEncoder().encode(transformed.message);
    stderr.append(data);
    controller.emit({ type: 'stderr', phase: 'compile', data });
  }
  controller.emit({ type: 'stage', stage: 'compile', state: 'finished' });
  const compile = {
    exitCode: transformed.ok ? 0 : 1,
    signal: null,
    stdout: EMPTY_OUTPUT,
    stderr: stderr.finish(),
    durationMs: performance.now() - startedAtMs,
    stoppedBy: null,
  };
  return { compile, transformed: transformed.ok ? transformed : null };
}
