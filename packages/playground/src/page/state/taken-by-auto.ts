import { ISOLATION_LEVELS } from './isolation-levels.ts';
import type { ExecutorHealth } from '../../api/executor-health.ts';
import type { Settings } from '../../api/settings.ts';

/** The first healthy executor of the order that isolates as strongly as is asked for; null: there is none. */
export function takenByAuto(
  executors: readonly ExecutorHealth[],
  { autoOrder, minimumIsolation }: Pick<Settings, 'autoOrder' | 'minimumIsolation'>,
): ExecutorHealth | null {
  const least = ISOLATION_LEVELS.indexOf(minimumIsolation.value);
  const inOrder = autoOrder.flatMap((name) => executors.find((health) => health.name === name) ?? []);
  return (
    inOrder.find(
      ({ available, isolation }) =>
        available && isolation !== null && ISOLATION_LEVELS.indexOf(isolation) >= least,
    ) ?? null
  );
}
