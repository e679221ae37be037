import type { ExecutorHealth } from '../../api/executor-health.ts';
import { useApp } from '../parts/app-context.ts';
import { takenByAuto } from '../state/taken-by-auto.ts';

/** What `auto` would choose, as far as the page can see. */
export function useTakenByAuto(): ExecutorHealth | null {
  const executors = useApp((state) => state.executors);
  const settings = useApp((state) => state.settings);
  return settings && executors ? takenByAuto(executors, settings) : null;
}
