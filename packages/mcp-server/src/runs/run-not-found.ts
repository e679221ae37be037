import { ClocheError } from '@cloche/core/executor';
import { RUN_LIMITS } from './run-limits.ts';

/** The same for a run that never was, that is kept no longer, and that is somebody else's. */
export function runNotFound(): ClocheError {
  const minutes = Math.ceil(RUN_LIMITS.keptMs / 60_000);
  return new ClocheError({
    code: 'ERR_REQUEST_INVALID',
    message: { en: 'There is no run with this run_id.', zh: '没有此 run_id 对应的运行。' },
    hint: {
      en: `Runs are kept for ${minutes} minutes after their end, the newest ${RUN_LIMITS.runCount} of them. See manage_sandbox with action "list", or run the program again.`,
      zh: `运行在结束后保留 ${minutes} 分钟，最多保留最近 ${RUN_LIMITS.runCount} 个。请用 manage_sandbox 的 action "list" 查看，或重新运行程序。`,
    },
  });
}
