import { ClocheError } from '../errors/cloche-error.ts';
import type { PlanStdin } from '../plan/execution-plan.ts';
import type { ExecutionResult } from '../result/execution-result.ts';
import type { EventStreamOptions } from './event-stream.ts';
import { EventStream } from './event-stream.ts';
import type { ExecutionEvent, ResultEvent } from './execution-event.ts';
import type { Execution } from './execution.ts';
import { StdinQueue } from './stdin-queue.ts';

const EXECUTION_EVENTS: EventStreamOptions<ExecutionEvent> = {
  weigh: (event) => (event.type === 'stdout' || event.type === 'stderr' ? event.data.length : 0),
  named: { en: 'execution', zh: '执行' },
  begunBy: 'execute()',
  mapDefect: executorFailed,
};

/** What the body of an execution works with. */
export interface ExecutionController {
  /** Hands an event to the consumer. False: the consumer is behind; wait for {@link drained} before reading on. */
  emit(event: Exclude<ExecutionEvent, ResultEvent>): boolean;
  /** Resolves when there is room again, at once where there is. */
  drained(): Promise<void>;
  /** What arrives through `Execution.write()`; ends at `closeStdin()`. Empty unless the plan streams stdin. */
  readonly stdin: AsyncIterable<Uint8Array>;
}

/**
 * Builds an {@link Execution} around a function that does the work: the stream with its back-pressure,
 * the result, and stdin. The body starts after the caller has had the chance to iterate.
 * What the body throws becomes the execution's failure; anything but a ClocheError becomes `ERR_EXECUTOR_FAILED`.
 */
export function startExecution(
  plan: { readonly id: string; readonly stdin: PlanStdin },
  body: (controller: ExecutionController) => Promise<ExecutionResult>,
): Execution {
  const events = new EventStream(EXECUTION_EVENTS);
  const stdin = new StdinQueue(plan.stdin.kind === 'stream');
  const controller: ExecutionController = {
    emit: (event) => events.push(event),
    drained: () => events.drained(),
    stdin,
  };

  const run = async (): Promise<ExecutionResult> => {
    try {
      return await body(controller);
    } finally {
      stdin.abandon();
    }
  };
  const result = events.produce(run, (value) => ({ type: 'result', result: value }));

  return {
    id: plan.id,
    result,
    write: (data) => stdin.write(data),
    closeStdin: () => {
      stdin.close();
    },
    [Symbol.asyncIterator]: () => events.iterate(),
  };
}

function executorFailed(error: unknown): ClocheError {
  const detail = error instanceof Error ? error.message : String(error);
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: { en: `The executor failed: ${detail}`, zh: `执行器失败：${detail}` },
    hint: {
      en: 'Run `cloche doctor`. If it finds nothing, repeat the command with --debug and report what it prints.',
      zh: '请运行 `cloche doctor`。如果没有发现问题，请加上 --debug 重试并反馈输出内容。',
      withoutFlags: {
        en: 'The person who runs this server can look with `cloche doctor`. If it finds nothing, the log says more with CLOCHE_LOG=debug.',
        zh: '服务器的使用者可以运行 `cloche doctor` 检查。如果没有发现问题，设置 CLOCHE_LOG=debug 后日志会给出详情。',
      },
    },
    cause: error,
  });
}
