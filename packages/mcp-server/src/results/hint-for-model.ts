import type { ExecutionStatus, LocalizedText } from '@cloche/core/executor';
import type { RunOutcome } from '../runs/run-outcome.ts';

/** Where an argument of the tool helps, of which core knows nothing. */
const OWN_HINTS: Readonly<Partial<Record<ExecutionStatus, LocalizedText>>> = {
  timeout: {
    en: 'Look for an endless loop or a read from standard input, do less in one run, or give a larger timeout_seconds where that is allowed.',
    zh: '请检查是否有死循环或等待标准输入，减少单次运行的工作量，或在允许范围内增大 timeout_seconds。',
  },
};

export function hintForModel({ status, hint }: RunOutcome): LocalizedText | null {
  return OWN_HINTS[status] ?? hint;
}
