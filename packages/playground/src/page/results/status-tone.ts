import type { RunSummary } from '../../api/runs.ts';

/** `good`, `bad`, `busy`, or `unknown` for what a person ended. */
export type Tone = 'good' | 'bad' | 'busy' | 'unknown';

export function toneOf({ state, status }: Pick<RunSummary, 'state' | 'status'>): Tone {
  if (state === 'running') return 'busy';
  if (status === 'ok' || status === 'not_executed') return 'good';
  return status === 'cancelled' ? 'unknown' : 'bad';
}
