import { randomBytes } from 'node:crypto';
import type { Execution, ExecutionRequest } from '../executor/index.ts';
import { startExecution } from '../executor/index.ts';

/** The execution of a request that nothing was started for: its failure comes where a result would. */
export function failedExecution(request: ExecutionRequest, error: unknown): Execution {
  const streams = typeof request.stdin === 'object' && 'kind' in request.stdin;
  const plan = { id: randomBytes(12).toString('hex'), stdin: { kind: streams ? 'stream' : 'none' } } as const;
  return startExecution(plan, async () => {
    throw error;
  });
}
