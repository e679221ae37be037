import assert from 'node:assert/strict';
import type { LimitName } from '@cloche/core/executor';
import { DEFAULT_LIMITS, LIMIT_ENFORCED_BY } from '@cloche/core/executor';
import type { ConformanceCase, ConformanceGroup } from '../conformance-case.ts';
import { expectStatus } from '../expectations.ts';
import { expectLimitRefused } from './limits.ts';
import { python } from './requests.ts';

/** A limit with its default value, but required: enforced it makes no difference, else the plan is refused. */
function requiredCase(name: LimitName): ConformanceCase {
  const limit = LIMIT_ENFORCED_BY[name];
  return {
    id: `required-${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`,
    title: `holds ${name} where it is required, or refuses the plan before anything starts`,
    languages: ['python'],
    run: async (context) => {
      const request = python(`print("ran")\n`, { limits: { [name]: DEFAULT_LIMITS[name] } });
      if (limit !== null && context.capabilities.limits[limit] !== 'enforced') {
        await expectLimitRefused(context, request);
        return;
      }
      const { result } = await context.run(request);
      expectStatus(result, 'ok');
      if (limit !== null) assert.equal(result.enforcement[limit].support, 'enforced');
    },
  };
}

export const REFUSAL_CASES: ConformanceGroup = {
  concept: 'required limits',
  cases: (Object.keys(LIMIT_ENFORCED_BY) as LimitName[]).map(requiredCase),
};
