import { createExecutorHost } from '../../src/host/create-executor-host.ts';
import type { ExecutionEvent, ExecutionRequest, Logger } from '../../src/executor/index.ts';
import { createRunner } from '../../src/runner/create-runner.ts';
import type { Runner, RunnerOptions } from '../../src/runner/runner.ts';
import type { ScriptedExecutor } from './scripted-executor.ts';

export const PROGRAM: ExecutionRequest = { language: 'python', code: 'print(1)' };

export interface LogLine {
  readonly level: string;
  readonly message: string;
}

/** A runner over scripted executors, `auto` in the order given, and what it logs. */
export function testRunner(
  executors: readonly ScriptedExecutor[],
  options: Partial<RunnerOptions> = {},
): { readonly runner: Runner; readonly log: LogLine[] } {
  const log: LogLine[] = [];
  const note =
    (level: string): Logger['info'] =>
    (message) =>
      void log.push({ level, message });
  const logger: Logger = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  const runner = createRunner({
    executors: Object.fromEntries(
      executors.map(({ plugin }) => [plugin.name, () => Promise.resolve({ default: plugin })]),
    ),
    host: createExecutorHost({ environment: {}, logger }),
    ...options,
    config: { auto: { order: executors.map(({ plugin }) => plugin.name) }, ...options.config },
  });
  return { runner, log };
}

export async function collect(execution: AsyncIterable<ExecutionEvent>): Promise<ExecutionEvent[]> {
  const events: ExecutionEvent[] = [];
  for await (const event of execution) events.push(event);
  return events;
}
