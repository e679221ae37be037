import type { LanguageId, StageEvent } from '@cloche/core/executor';
import type { AttemptInfo, ResultInfo, RunEvent } from '../../api/run-event.ts';
import type { ApiError, RunCopies, RunSummary } from '../../api/runs.ts';

/** A program that the model writes, has written, or that has run. */
export interface AttemptView {
  readonly number: number;
  readonly code: string;
  readonly language: LanguageId | null;
  readonly fileName: string | null;
  readonly explanation: string | null;
  readonly isWriting: boolean;
  /** Null until its end. */
  readonly status: AttemptInfo['status'] | null;
  readonly error: string | null;
  readonly durationMs: number | null;
}

/** Of the run that the page shows; its output is kept apart. */
export interface RunView {
  readonly summary: RunSummary;
  readonly copies: RunCopies | null;
  /** Number of the newest event. */
  readonly lastEvent: number;
  readonly stage: StageEvent | null;
  readonly attempts: readonly AttemptView[];
  readonly result: ResultInfo | null;
  readonly generation: Extract<RunEvent, { type: 'generation' }>['result'] | null;
  readonly failure: ApiError | null;
  readonly bytesLeftOut: number;
  readonly isCancelling: boolean;
  readonly isOver: boolean;
}

export function startRunView(summary: RunSummary): RunView {
  return {
    summary,
    copies: null,
    lastEvent: 0,
    stage: null,
    attempts: [],
    result: null,
    generation: null,
    failure: null,
    bytesLeftOut: 0,
    isCancelling: false,
    isOver: false,
  };
}

const newAttempt = (number: number): AttemptView => ({
  number,
  code: '',
  language: null,
  fileName: null,
  explanation: null,
  isWriting: true,
  status: null,
  error: null,
  durationMs: null,
});

function changeLast(view: RunView, change: Partial<AttemptView>): RunView {
  const last = view.attempts.at(-1) ?? newAttempt(1);
  return { ...view, attempts: [...view.attempts.slice(0, -1), { ...last, ...change }] };
}

/** Output is not kept here, since there may be much: only what was left out of it is. */
export function reduceRunEvent(view: RunView, number: number, event: RunEvent): RunView {
  if (number <= view.lastEvent) return view;
  const next = { ...view, lastEvent: number };
  switch (event.type) {
    case 'stage':
      return { ...next, stage: event.state === 'finished' ? null : event };
    case 'stdout':
    case 'stderr':
      return event.bytesLeftOut === undefined
        ? next
        : { ...next, bytesLeftOut: next.bytesLeftOut + event.bytesLeftOut };
    case 'attempt':
      return {
        ...next,
        attempts: [...next.attempts, newAttempt(event.number)],
        result: null,
        stage: null,
        bytesLeftOut: 0,
      };
    case 'code':
      return changeLast(next, { code: (next.attempts.at(-1)?.code ?? '') + event.text });
    case 'written': {
      const { code, language, fileName, explanation } = event;
      return changeLast(next, { code, language, fileName, explanation, isWriting: false });
    }
    case 'attempted': {
      const { code, language, status, error, durationMs } = event.attempt;
      const known = code === null ? {} : { code };
      return changeLast(next, { ...known, language, status, error, durationMs, isWriting: false });
    }
    case 'execution':
      return endUnlessGenerating({ ...next, result: event.result, stage: null });
    case 'generation':
      return { ...next, generation: event.result, stage: null, isOver: true };
    case 'failed':
      return { ...next, failure: event.error, stage: null, isOver: true };
  }
}

/** A generation goes on after the end of one of its programs. */
function endUnlessGenerating(view: RunView): RunView {
  return view.summary.kind === 'generate' ? view : { ...view, isOver: true };
}
