import type { PlaygroundLimits } from '../playground-limits.ts';
import type { PlaygroundRun } from './playground-run.ts';

/** A reader that the server itself sent away comes back when its page can: one in the background once a minute. */
const SENT_AWAY_MS = 150_000;

interface Attendance {
  readers: number;
  timer: NodeJS.Timeout | null;
}

/** Which runs end with their pages: those that were read by such a page, and are by none any more. */
export class RunReaders {
  readonly #limits: Pick<PlaygroundLimits, 'abandonedMs'>;
  readonly #attendances = new Map<PlaygroundRun, Attendance>();

  constructor(limits: Pick<PlaygroundLimits, 'abandonedMs'>) {
    this.#limits = limits;
  }

  /**
   * A page reads that wants the run to end with it.
   *
   * @returns called when it reads no more; once
   */
  enter(run: PlaygroundRun): (isSentAway: boolean) => void {
    const attendance = this.#attendances.get(run) ?? { readers: 0, timer: null };
    this.#attendances.set(run, attendance);
    attendance.readers += 1;
    if (attendance.timer !== null) clearTimeout(attendance.timer);
    attendance.timer = null;
    return (isSentAway) => {
      attendance.readers -= 1;
      if (!run.isOpen) this.#attendances.delete(run);
      if (attendance.readers > 0 || !run.isOpen) return;
      const patienceMs = isSentAway ? SENT_AWAY_MS : this.#limits.abandonedMs;
      attendance.timer = setTimeout(() => {
        this.#attendances.delete(run);
        run.cancel();
      }, patienceMs);
      attendance.timer.unref();
    };
  }

  /** A page stays away and wants the run to go on. */
  release(run: PlaygroundRun): void {
    const attendance = this.#attendances.get(run);
    clearTimeout(attendance?.timer ?? undefined);
    this.#attendances.delete(run);
  }
}
