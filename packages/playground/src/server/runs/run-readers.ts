import type { PlaygroundLimits } from '../playground-limits.ts';
import type { PlaygroundRun } from './playground-run.ts';

interface Attendance {
  readers: number;
  /** As a page said last. */
  endsWithPage: boolean;
  timer: NodeJS.Timeout | null;
}

/** Which runs end with their pages, and when: a while after the last reader has gone. */
export class RunReaders {
  readonly #limits: Pick<PlaygroundLimits, 'abandonedMs' | 'sentAwayMs'>;
  readonly #attendances = new WeakMap<PlaygroundRun, Attendance>();

  constructor(limits: Pick<PlaygroundLimits, 'abandonedMs' | 'sentAwayMs'>) {
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
      const { abandonedMs, sentAwayMs } = this.#limits;
      attendance.timer = setTimeout(() => run.cancel(), isSentAway ? sentAwayMs : abandonedMs);
      attendance.timer.unref();
    };
  }
}
