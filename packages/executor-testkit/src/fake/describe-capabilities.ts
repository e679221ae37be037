import type {
  EnforcementReport,
  ExecutionPlan,
  ExecutorCapabilities,
  LanguageCapability,
  LanguageId,
} from '@cloche/core/executor';
import type { FakeExecutorOptions } from './fake-options.ts';

/** Said openly: a plain process holds nothing but time and what is kept of the output. */
export function describeCapabilities(
  languages: Readonly<Partial<Record<LanguageId, LanguageCapability>>>,
  options: FakeExecutorOptions,
): ExecutorCapabilities {
  return {
    isolation: options.claimedIsolation ?? 'none',
    details: [],
    isolationDetail: 'a plain process; for tests only',
    languages,
    stdin: ['bytes', 'stream'],
    separateStderr: true,
    liveOutput: true,
    limits: {
      wall: 'enforced',
      memory: 'unsupported',
      cpu: 'unsupported',
      processes: 'unsupported',
      scratch: 'unsupported',
      openFiles: 'unsupported',
      output: 'enforced',
    },
    networks: ['full'],
    sessions: false,
    artifacts: true,
    warnings: [
      {
        en: 'Programs run as plain processes: they reach whatever this user reaches.',
        zh: '程序以普通进程运行：可以访问当前用户能访问的一切。',
      },
    ],
  };
}

export function reportEnforcement({ limits }: ExecutionPlan): EnforcementReport {
  const nothing = { support: 'unsupported', value: null, mechanism: null } as const;
  return {
    wall: { support: 'enforced', value: limits.runTimeoutMs, mechanism: 'timer' },
    memory: nothing,
    cpu: nothing,
    processes: nothing,
    scratch: nothing,
    openFiles: nothing,
    output: { support: 'enforced', value: limits.outputBytes, mechanism: 'ring buffer' },
  };
}
