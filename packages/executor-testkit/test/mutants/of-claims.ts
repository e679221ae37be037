import type { ExecutorCapabilities, Isolation } from '@cloche/core/executor';
import { ENFORCED_LIMITS, LIMIT_ENFORCED_BY } from '@cloche/core/executor';
import type { EnforcementReport } from '@cloche/core/executor';
import type { Mutant } from './mutant.ts';
import { withPlan, withResult } from './rewire.ts';

function withClaim(
  change: (capabilities: ExecutorCapabilities) => ExecutorCapabilities,
): NonNullable<Mutant['wrap']> {
  return (executor) => ({
    ...executor,
    capabilities: async (query) => change(await executor.capabilities(query)),
  });
}

function claimEverything(capabilities: ExecutorCapabilities): ExecutorCapabilities {
  const limits = Object.fromEntries(
    ENFORCED_LIMITS.map((limit) => [limit, 'enforced']),
  ) as ExecutorCapabilities['limits'];
  return { ...capabilities, limits };
}

const claimedIsolation: Isolation = 'process';

/** Executors that promise what they do not keep, or hide what they do not promise. */
export const MUTANTS_OF_CLAIMS: readonly Mutant[] = [
  {
    id: 'claims-to-enforce-every-limit',
    breaks: [
      'limit-memory',
      'limit-memory-of-all-processes',
      'limit-processes',
      'limit-threads',
      'limit-scratch',
      'limit-scratch-of-temporary-files',
      'limit-open-files',
      'limit-cpu',
      'limit-fork-bomb',
    ],
    wrap: (executor) => {
      const accepting = withResult((result, plan) => {
        const claimed = Object.entries(LIMIT_ENFORCED_BY).flatMap(([name, limit]) =>
          limit === null || limit === 'wall'
            ? []
            : [
                [
                  limit,
                  {
                    support: 'enforced',
                    value: plan.limits[name as keyof typeof plan.limits],
                    mechanism: 'hope',
                  },
                ],
              ],
        );
        return {
          ...result,
          enforcement: { ...result.enforcement, ...Object.fromEntries(claimed) } as EnforcementReport,
        };
      });
      const careless = withPlan((plan) => ({ ...plan, requiredLimits: [] }));
      return withClaim(claimEverything)(accepting(careless(executor)));
    },
  },
  {
    id: 'claims-isolation',
    breaks: [
      'host-files-are-out-of-reach',
      'host-files-are-not-written',
      'host-processes-are-out-of-sight',
      'host-sockets-are-out-of-reach',
      'concurrent-processes',
    ],
    wrap: (executor) =>
      withClaim((capabilities) => ({ ...capabilities, isolation: claimedIsolation }))(
        withResult((result) => ({
          ...result,
          executor: { ...result.executor, isolation: claimedIsolation },
        }))(executor),
      ),
  },
  {
    id: 'gives-no-warning',
    breaks: [
      'host-files-are-out-of-reach',
      'host-files-are-not-written',
      'host-processes-are-out-of-sight',
      'host-sockets-are-out-of-reach',
      'concurrent-processes',
    ],
    wrap: withClaim((capabilities) => ({ ...capabilities, warnings: [] })),
  },
  {
    id: 'claims-to-keep-programs-off-the-network',
    breaks: ['network-none-reaches-no-host'],
    wrap: (executor) =>
      withClaim((capabilities) => ({ ...capabilities, networks: ['none', 'full'] }))(
        withPlan((plan) => ({ ...plan, network: 'full' }))(executor),
      ),
  },
  {
    id: 'is-not-sure-about-the-deadline',
    breaks: ['limits-that-always-hold'],
    wrap: withClaim((capabilities) => ({
      ...capabilities,
      limits: { ...capabilities.limits, wall: 'best-effort' },
    })),
  },
  {
    id: 'says-nothing-of-networks',
    breaks: ['capabilities-are-complete'],
    wrap: withClaim((capabilities) => ({ ...capabilities, networks: [] })),
  },
  {
    id: 'leaves-out-a-language',
    breaks: ['capabilities-name-every-language'],
    wrap: withClaim((capabilities) => {
      const languages = Object.fromEntries(
        Object.entries(capabilities.languages).filter(([language]) => language !== 'java'),
      );
      return { ...capabilities, languages };
    }),
  },
  {
    id: 'knows-no-versions',
    breaks: ['capabilities-name-every-language'],
    wrap: withClaim((capabilities) => ({
      ...capabilities,
      languages: Object.fromEntries(
        Object.entries(capabilities.languages).map(([language, capability]) => [
          language,
          capability.available ? { ...capability, version: null } : capability,
        ]),
      ),
    })),
  },
  {
    id: 'does-not-answer-for-some-languages',
    breaks: ['capabilities-of-some-languages'],
    wrap: (executor) => ({
      ...executor,
      capabilities: async (query) => {
        const capabilities = await executor.capabilities(query);
        return query?.languages === undefined ? capabilities : { ...capabilities, languages: {} };
      },
    }),
  },
  {
    id: 'announces-sessions-it-does-not-have',
    breaks: ['sessions-as-announced'],
    wrap: withClaim((capabilities) => ({ ...capabilities, sessions: true })),
  },
];
