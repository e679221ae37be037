import type { EnforcedLimit, ExecutionPlan, LocalizedText } from '@cloche/core/executor';
import { ClocheError, LIMIT_ENFORCED_BY } from '@cloche/core/executor';
import type { ContainerSpec } from '../container/container-spec.ts';
import type { Greeting } from '../container/greeting.ts';

const ROOT = 0;
const PAGE_BYTES = 4096;

interface Promised {
  readonly holds: (greeting: Greeting, spec: ContainerSpec) => boolean;
  readonly text: LocalizedText;
}

/** What an engine was asked for; where it has not done it, the program is not started. */
const PROMISES: readonly Promised[] = [
  {
    holds: ({ userId }) => userId !== ROOT,
    text: { en: 'the program would run as root', zh: '程序将以 root 身份运行' },
  },
  {
    holds: ({ hasNoCapabilities }) => hasNoCapabilities,
    text: { en: 'it has capabilities', zh: '它拥有特权能力（capabilities）' },
  },
  {
    holds: ({ hasNoNewPrivileges }) => hasNoNewPrivileges,
    text: { en: 'it may gain privileges', zh: '它可能获得新特权' },
  },
  {
    holds: ({ hasSeccompFilter }, { seccomp }) => hasSeccompFilter || seccomp === null,
    text: { en: 'its system calls are not filtered', zh: '其系统调用未被过滤' },
  },
  {
    holds: ({ isRootReadOnly }) => isRootReadOnly,
    text: { en: 'its root file system is writable', zh: '其根文件系统可写' },
  },
];

/**
 * Compares what a container found with what was asked of the engine.
 *
 * @param isKernelOwn the runtime brings a kernel of its own, which does not show all of it
 * @throws ClocheError `ERR_EXECUTOR_UNAVAILABLE` when the hardening is not there, `ERR_CAPABILITY_UNSUPPORTED` when a
 * limit that the caller gave is not
 */
export function checkGreeting(
  greeting: Greeting,
  spec: ContainerSpec,
  plan: ExecutionPlan,
  isKernelOwn: boolean,
): void {
  const broken = isKernelOwn ? undefined : PROMISES.find(({ holds }) => !holds(greeting, spec));
  if (broken !== undefined) {
    throw new ClocheError({
      code: 'ERR_EXECUTOR_UNAVAILABLE',
      message: {
        en: `The engine did not harden the container as it was asked to: ${broken.text.en}. Nothing was run.`,
        zh: `引擎未按要求加固容器：${broken.text.zh}。未运行任何程序。`,
      },
      hint: {
        en: 'Use another engine (docker.host, DOCKER_HOST) or another executor; `cloche doctor` says what there is.',
        zh: '请使用其他引擎（docker.host、DOCKER_HOST）或其他执行器；`cloche doctor` 会显示可用的内容。',
      },
    });
  }
  for (const name of plan.requiredLimits) {
    const limit = LIMIT_ENFORCED_BY[name];
    if (limit === null || isHeldFromHere(limit)) continue;
    const wanted = wantedOf(spec)[limit];
    const { support, value } = greeting.limits[limit];
    if (wanted === null || (support === 'enforced' && value !== null && value <= wanted)) continue;
    throw limitNotHeld(name);
  }
}

/** Limits of which the engine can say what it likes: they are held, or not, where the program runs. */
function limitNotHeld(name: string): ClocheError {
  return new ClocheError({
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    message: {
      en: `The container engine does not enforce the limit ${name} here.`,
      zh: `容器引擎在此不强制执行限制 ${name}。`,
    },
    hint: {
      en: 'Leave the limit out, or use an engine that enforces it; `cloche doctor` shows what each executor holds.',
      zh: '请去掉该限制，或使用能够强制执行它的引擎；`cloche doctor` 会列出各执行器的能力。',
    },
  });
}

type ContainerLimit = Exclude<EnforcedLimit, 'wall' | 'output'>;

/** Null: this container is to have none, as a compiler's has all processors. */
function wantedOf(spec: ContainerSpec): Readonly<Record<ContainerLimit, number | null>> {
  return {
    memory: wholePages(spec.memoryBytes),
    processes: spec.processCount,
    cpu: spec.cpuCount,
    scratch: wholePages(spec.scratchBytes),
    openFiles: spec.openFileCount,
  };
}

/** As the kernel rounds sizes. */
function wholePages(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
}

function isHeldFromHere(limit: EnforcedLimit): limit is 'wall' | 'output' {
  return limit === 'wall' || limit === 'output';
}
