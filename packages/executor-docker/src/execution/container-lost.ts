import { ClocheError } from '@cloche/core/executor';
import type { SandboxContainer } from '../container/sandbox-container.ts';

/** What to tell where a container ended without a word: whether the engine is gone, or somebody ended the container. */
export async function containerLost(container: SandboxContainer, cause: unknown): Promise<ClocheError> {
  const engineProblem = await container.engineProblem();
  if (engineProblem !== null) {
    return new ClocheError({
      code: 'ERR_EXECUTOR_FAILED',
      message: {
        en: `The container engine went away while the program ran. ${engineProblem.text.message.en}`,
        zh: `程序运行期间容器引擎断开了连接。${engineProblem.text.message.zh}`,
      },
      hint: engineProblem.text.hint,
      retryable: true,
      cause: engineProblem,
    });
  }
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The container ${container.name} ended without saying how: something outside removed it, or the machine ran out of memory.`,
      zh: `容器 ${container.name} 未报告结果就结束了：可能被外部删除，或机器内存不足。`,
    },
    hint: {
      en: 'Run it again. If it happens again, look at the log of the engine (journalctl -u docker).',
      zh: '请重试。如果再次发生，请查看引擎日志（journalctl -u docker）。',
    },
    retryable: true,
    cause,
  });
}
