import { ClocheError } from '../executor/index.ts';
import type { RunnerConfig } from './runner-config.ts';

/** @throws ClocheError `ERR_CONFIG_INVALID` for a queue that no run fits through */
export function checkQueue({ concurrency, length }: RunnerConfig['queue']): void {
  const isCount =
    Number.isInteger(concurrency) && concurrency >= 1 && Number.isInteger(length) && length >= 0;
  if (isCount) return;
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The queue has a concurrency of ${concurrency} and a length of ${length}; they must be whole numbers, at least 1 and 0.`,
      zh: `队列的并发数为 ${concurrency}，长度为 ${length}；必须是整数，且分别至少为 1 和 0。`,
    },
    hint: {
      en: 'Set queue.concurrency (CLOCHE_QUEUE_CONCURRENCY) and queue.length (CLOCHE_QUEUE_LENGTH).',
      zh: '请设置 queue.concurrency（CLOCHE_QUEUE_CONCURRENCY）和 queue.length（CLOCHE_QUEUE_LENGTH）。',
    },
  });
}
