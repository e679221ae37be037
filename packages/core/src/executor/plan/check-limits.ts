import { ClocheError } from '../errors/cloche-error.ts';
import type { ExecutionLimits, LimitName } from '../limits/execution-limits.ts';
import { LIMIT_BOUNDS } from '../limits/execution-limits.ts';

/** @throws ClocheError `ERR_REQUEST_INVALID` for a value that is no number or outside its bounds */
export function checkLimits(limits: Partial<ExecutionLimits>): void {
  for (const [name, value] of Object.entries(limits) as [LimitName, number][]) {
    const bounds = LIMIT_BOUNDS[name];
    const isWhole = name === 'cpuCount' || Number.isInteger(value);
    if (isWhole && value >= bounds.minimum && value <= bounds.maximum) continue;
    throw new ClocheError({
      code: 'ERR_REQUEST_INVALID',
      message: {
        en: `The limit ${name} is ${value}; it must be between ${bounds.minimum} and ${bounds.maximum}.`,
        zh: `限制 ${name} 的值为 ${value}；必须在 ${bounds.minimum} 和 ${bounds.maximum} 之间。`,
      },
    });
  }
}
