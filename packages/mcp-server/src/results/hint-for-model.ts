import type { ExecutionStatus, LocalizedText } from '@cloche/core/executor';
import type { RunOutcome } from '../runs/run-outcome.ts';

/** Where core's hint is for a person at a command line, and a model has other means. */
const OWN_HINTS: Readonly<Partial<Record<ExecutionStatus, LocalizedText>>> = {
  timeout: {
    en: 'Look for an endless loop or a read from standard input, do less in one run, or give a larger timeout_seconds where that is allowed.',
    zh: '请检查是否有死循环或等待标准输入，减少单次运行的工作量，或在允许范围内增大 timeout_seconds。',
  },
  out_of_memory: {
    en: 'Process the data in parts. Only the person who runs this server can raise the limit, with --memory or CLOCHE_MEMORY.',
    zh: '请分批处理数据。只有服务器的使用者可以通过 --memory 或 CLOCHE_MEMORY 提高限制。',
  },
};

export function hintForModel({ status, hint }: RunOutcome): LocalizedText | null {
  return OWN_HINTS[status] ?? hint;
}
