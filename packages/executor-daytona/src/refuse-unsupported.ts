import type { ExecutionPlan, ExecutorCapabilities, LocalizedText } from '@cloche/core/executor';
import { ClocheError, LIMIT_ENFORCED_BY } from '@cloche/core/executor';

/**
 * Refuses a plan that asks for what cannot be held here, before anything starts.
 *
 * @throws ClocheError `ERR_CAPABILITY_UNSUPPORTED`
 */
export function refuseUnsupported(
  plan: ExecutionPlan,
  { limits, networks }: Pick<ExecutorCapabilities, 'limits' | 'networks'>,
): void {
  if (plan.isNetworkRequired && !networks.includes(plan.network)) {
    throw unsupported({
      en: `The Daytona executor cannot give a program the network policy ${plan.network} here.`,
      zh: `Daytona 执行器在此无法为程序提供网络策略 ${plan.network}。`,
    });
  }
  const limit = plan.requiredLimits.find((name) => {
    const enforcedBy = LIMIT_ENFORCED_BY[name];
    return enforcedBy !== null && limits[enforcedBy] !== 'enforced';
  });
  if (limit === undefined) return;
  throw unsupported({
    en: `The Daytona executor cannot enforce the limit ${limit}: a sandbox has the resources of its snapshot.`,
    zh: `Daytona 执行器无法强制执行限制 ${limit}：沙箱的资源由其快照决定。`,
  });
}

function unsupported(message: LocalizedText): ClocheError {
  return new ClocheError({
    code: 'ERR_CAPABILITY_UNSUPPORTED',
    message,
    hint: {
      en: 'Leave it out, make a snapshot with other resources (cloche daytona snapshot create --memory 4), or use docker, which enforces every limit.',
      zh: '请去掉该要求，或创建资源不同的快照（cloche daytona snapshot create --memory 4），或使用能够强制执行所有限制的 docker。',
    },
  });
}
