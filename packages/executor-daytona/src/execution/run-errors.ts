import type { LanguageId } from '@cloche/core/executor';
import { ClocheError, LANGUAGES, textWithoutFlags } from '@cloche/core/executor';
import { FAILURE_HINTS } from '../service/service-error.ts';
import type { ServiceFailure } from '../service/service-failure.ts';
import type { ServiceSandbox } from '../service/service-sandbox.ts';

/** What makes a snapshot that has everything. */
export const SNAPSHOT_COMMAND = 'cloche daytona snapshot create';

export function missingProgram(language: LanguageId, program: string): ClocheError {
  const { displayName } = LANGUAGES[language];
  return new ClocheError({
    code: 'ERR_LANGUAGE_UNSUPPORTED',
    message: {
      en: `${displayName} needs ${program}, which is not in this Daytona snapshot.`,
      zh: `${displayName} 需要 ${program}，但该 Daytona 快照中没有。`,
    },
    hint: {
      en: `Make a snapshot with all nine languages, once: ${SNAPSHOT_COMMAND}`,
      zh: `创建一个包含全部九种语言的快照（只需一次）：${SNAPSHOT_COMMAND}`,
    },
  });
}

/** The sandbox lacks what the agent itself needs. */
export function unusableSandbox(what: string): ClocheError {
  return new ClocheError({
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    message: {
      en: `This Daytona sandbox cannot run programs: it lacks or could not prepare: ${what}.`,
      zh: `该 Daytona 沙箱无法运行程序：缺少或无法准备：${what}。`,
    },
    hint: {
      en: `Use a snapshot with a shell, coreutils, findutils, grep and tar, such as the one of: ${SNAPSHOT_COMMAND}`,
      zh: `请使用包含 shell、coreutils、findutils、grep 和 tar 的快照，例如用以下命令创建：${SNAPSHOT_COMMAND}`,
    },
  });
}

/** The sandbox is not reached any more, or has died. The program is not run again: it may have done half of its work. */
export function sandboxLost(sandbox: ServiceSandbox, failure: ServiceFailure): ClocheError {
  const reason = sandbox.state === 'started' ? null : (sandbox.errorReason ?? sandbox.state);
  const why = reason === null ? failure.message : `${failure.message}; ${reason}`;
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: `The Daytona sandbox was lost while the program ran, and its end was not seen. Daytona API error: ${why}`,
      zh: `程序运行期间 Daytona 沙箱丢失，未能得知其结束方式。Daytona API错误: ${why}`,
    },
    hint: {
      en: `It may have run out of memory: a snapshot with more is made with ${SNAPSHOT_COMMAND} --memory 4. It is not run again by itself, since it may have done half of its work. ${FAILURE_HINTS[failure.kind].en}`,
      zh: `可能是内存不足：可用 ${SNAPSHOT_COMMAND} --memory 4 创建内存更大的快照。程序可能已执行了一半，因此不会自动重新运行。${FAILURE_HINTS[failure.kind].zh}`,
      withoutFlags: {
        en: `It may have run out of memory: a snapshot with more is made with ${SNAPSHOT_COMMAND} --memory 4. It is not run again by itself, since it may have done half of its work. ${textWithoutFlags(FAILURE_HINTS[failure.kind]).en}`,
        zh: `可能是内存不足：可用 ${SNAPSHOT_COMMAND} --memory 4 创建内存更大的快照。程序可能已执行了一半，因此不会自动重新运行。${textWithoutFlags(FAILURE_HINTS[failure.kind]).zh}`,
      },
    },
    retryable: false,
    cause: failure,
  });
}

/** The program has ended the agent that watched it, or its sandbox's memory has. */
export function endNotSeen(): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: 'How the program ended was not seen: the process that watched it in the Daytona sandbox was ended.',
      zh: '未能得知程序的结束方式：Daytona 沙箱中监视它的进程被结束。',
    },
    hint: {
      en: 'A program that ends every process of its user ends this one too, and so may a sandbox that is out of memory. Leave that out of the program, or use docker.',
      zh: '结束其用户全部进程的程序也会结束该进程，沙箱内存不足时也可能如此。请去掉这部分代码，或改用 docker。',
    },
  });
}
