import type { ExecutionController } from '../execution/start-execution.ts';
import type { ExecutorHost } from '../executor-host.ts';
import { EMPTY_OUTPUT } from '../result/captured-output.ts';
import type { PhaseResult } from '../result/execution-result.ts';
import { OutputCapture } from '../result/output-capture.ts';
import type { ExecutionPlan, PlanFile } from './execution-plan.ts';
import { transformSources } from './transform-sources.ts';

export interface TransformedProgram {
  /** The compile phase of the result: its stderr is the transformer's message. */
  readonly compile: PhaseResult;
  /** Null where the sources are not valid TypeScript. */
  readonly transformed: { readonly files: readonly PlanFile[]; readonly runArgv: readonly string[] } | null;
}

/** The compile phase of TypeScript, which takes place in Cloche itself on every executor. */
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
