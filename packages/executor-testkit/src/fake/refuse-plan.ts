import type {
  ExecutionPlan,
  ExecutorCapabilities,
  LanguageCapability,
  LocalizedText,
} from '@cloche/core/executor';
import { ClocheError, LIMIT_ENFORCED_BY } from '@cloche/core/executor';

/** @throws ClocheError where the plan asks for what the capabilities do not offer */
export function refusePlan(
  plan: ExecutionPlan,
  capabilities: ExecutorCapabilities,
  language: LanguageCapability,
): void {
  if (!language.available) {
    throw new ClocheError({ code: language.code, message: language.reason, hint: language.hint });
  }
  for (const name of plan.requiredLimits) {
    const limit = LIMIT_ENFORCED_BY[name];
    if (limit === null || capabilities.limits[limit] === 'enforced') continue;
    throw unsupported({
      en: `The limit ${name} cannot be enforced here.`,
      zh: `此处无法强制执行限制 ${name}。`,
    });
  }
  if (plan.isNetworkRequired && !capabilities.networks.includes(plan.network)) {
    throw unsupported({
      en: `The network policy ${plan.network} cannot be kept here.`,
      zh: `此处无法遵守网络策略 ${plan.network}。`,
    });
  }
}

function unsupported(message: LocalizedText): ClocheError {
  return new ClocheError({ code: 'ERR_CAPABILITY_UNSUPPORTED', message });
}
