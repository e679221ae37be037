import type { PlaygroundLimits } from '../playground-limits.ts';
import type { PlaygroundRun } from './playground-run.ts';

/** A reader that the server itself sent away comes back when its page can: one in the background once a minute. */
const SENT_AWAY_MS = 150_000;

interface Attendance {
  readers: number;
  /** As a page said last. */
  endsWithPage: boolean;
  timer: NodeJS.Timeout | null;
}

/** Which runs end with their pages, and when: a while after the last reader has gone. */
export class RunReaders {
  readonly #limits: Pick<PlaygroundLimits, 'abandonedMs'>;
  readonly #attendances = new WeakMap<PlaygroundRun, Attendance>();

  constructor(limits: Pick<PlaygroundLimits, 'abandonedMs'>) {
    this.#limits = limits;
  }

  /**
   * @param endsWithPage whether the run is to end with its pages; null: as was said before
   * @returns called when the page reads no more, with whether the server has sent it away; once
   */
  enter(run: PlaygroundRun, endsWithPage: boolean | null): (isSentAway: boolean) => void {
    const attendance = this.#attendances.get(run) ?? { readers: 0, endsWithPage: false, timer: null };
    this.#attendances.set(run, attendance);
    attendance.readers += 1;
    attendance.endsWithPage = endsWithPage ?? attendance.endsWithPage;
    if (attendance.timer !== null) clearTimeout(attendance.timer);
    attendance.timer = null;
    return (isSentAway) => {
      attendance.readers -= 1;
      if (attendance.readers > 0 || !attendance.endsWithPage || !run.isOpen) return;
      // Without effect on a run that ends meanwhile.
      attendance.timer = setTimeout(() => run.cancel(), isSentAway ? SENT_AWAY_MS : this.#limits.abandonedMs);
      attendance.timer.unref();
    };
  }
}
