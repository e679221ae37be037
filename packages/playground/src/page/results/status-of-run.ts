import type { RunView } from '../state/run-view.ts';
import type { MessageKey } from '../text/messages.ts';
import type { Tone } from './status-tone.ts';

/** What a person is told first. */
export function statusOfRun(run: RunView): { readonly tone: Tone; readonly key: MessageKey } {
  if (run.failure) return { tone: 'bad', key: 'platformFailed' };
  if (!run.isOver) {
    if (run.isCancelling) return { tone: 'busy', key: 'statusStopping' };
    if (run.attempts.at(-1)?.isWriting) return { tone: 'busy', key: 'statusWriting' };
    if (run.stage) return { tone: 'busy', key: `stage_${run.stage.stage}` };
    return { tone: 'busy', key: run.lastEvent === 0 ? 'statusStarting' : 'statusRunning' };
  }
  const status = run.generation?.status ?? run.result?.status ?? 'cancelled';
  const tone =
    status === 'ok' || status === 'not_executed' ? 'good' : status === 'cancelled' ? 'unknown' : 'bad';
  return { tone, key: `status_${status}` };
}
