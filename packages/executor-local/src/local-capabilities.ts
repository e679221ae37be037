import type {
  EnforcedLimit,
  ExecutionPlan,
  ExecutorCapabilities,
  LimitSupport,
  NetworkPolicy,
} from '@cloche/core/executor';
import { ClocheError, LIMIT_ENFORCED_BY } from '@cloche/core/executor';
import type { ControlGroupParent } from './control-group/control-group.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** What this machine holds, by what was found to work on it. */
export function limitSupport(
  sandbox: Sandbox,
  controlGroups: ControlGroupParent | null,
  platform: NodeJS.Platform,
): Record<EnforcedLimit, LimitSupport> {
  const enforced = (holds: boolean | undefined): LimitSupport =>
    holds === true ? 'enforced' : 'unsupported';
  const canSample = platform === 'linux' ? 'best-effort' : 'unsupported';
  return {
    wall: 'enforced',
    output: 'enforced',
    memory: controlGroups?.controllers.memory === true ? 'enforced' : canSample,
    processes: enforced(sandbox.holdsProcesses || controlGroups?.controllers.processes),
    cpu: enforced(controlGroups?.controllers.cpu),
    scratch: enforced(sandbox.holdsScratch),
    openFiles: enforced(platform !== 'win32'),
  };
}

/**
 * Refuses a plan that asks for what cannot be held here, before anything starts.
 *
 * @throws ClocheError `ERR_CAPABILITY_UNSUPPORTED`
 */
export function refuseUnsupported(
  plan: ExecutionPlan,
  capabilities: Pick<ExecutorCapabilities, 'limits' | 'networks' | 'isolationDetail'>,
): void {
  if (plan.isNetworkRequired && !capabilities.networks.includes(plan.network)) {
    throw new ClocheError({
      code: 'ERR_CAPABILITY_UNSUPPORTED',
      message: {
        en: `The local executor cannot give a program the network policy ${plan.network} here (${capabilities.isolationDetail}).`,
        zh: `本地执行器在此无法为程序提供网络策略 ${plan.network}（${capabilities.isolationDetail}）。`,
      },
      hint: {
        en: 'Install a sandbox (`cloche doctor` says how), or use docker.',
        zh: '请安装沙箱（`cloche doctor` 会说明方法），或使用 docker。',
      },
    });
  }
  const limit = plan.requiredLimits.find((name) => {
    const enforcedBy = LIMIT_ENFORCED_BY[name];
    return enforcedBy !== null && capabilities.limits[enforcedBy] !== 'enforced';
  });
  if (limit !== undefined) {
    throw new ClocheError({
      code: 'ERR_CAPABILITY_UNSUPPORTED',
      message: {
        en: `The local executor cannot enforce the limit ${limit} here (${capabilities.isolationDetail}).`,
        zh: `本地执行器在此无法强制执行限制 ${limit}（${capabilities.isolationDetail}）。`,
      },
      hint: {
        en: 'Leave the limit out, or use an executor that enforces it, such as docker. `cloche doctor` shows what each one holds.',
        zh: '请去掉该限制，或使用能够强制执行它的执行器，例如 docker。`cloche doctor` 会列出各执行器的能力。',
      },
    });
  }
}

/** The policies that can be kept here: where no sandbox takes the network away, every program has it. */
export function networksOf(sandbox: Sandbox): readonly NetworkPolicy[] {
  return sandbox.canDenyNetwork ? ['none', 'full'] : ['full'];
}
