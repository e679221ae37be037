import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/api/run-event.ts';
import type { RunSummary } from '../../src/api/runs.ts';
import { reduceRunEvent, type RunView, startRunView } from '../../src/page/state/run-view.ts';

const summary: RunSummary = {
  id: 'r1',
  kind: 'generate',
  state: 'running',
  status: null,
  language: 'python',
  title: 'primes',
  startedAt: 0,
  durationMs: null,
};

const attempted = (number: number, status: 'ok' | 'runtime_error', code: string): RunEvent => ({
  type: 'attempted',
  attempt: {
    number,
    code,
    language: 'python',
    status,
    error: status === 'ok' ? null : 'NameError',
    durationMs: 5,
  },
});

function viewOf(events: readonly RunEvent[], view: RunView = startRunView(summary)): RunView {
  return events.reduce((state, event, index) => reduceRunEvent(state, index + 1, event), view);
}

describe('a run, event by event', () => {
  test('a generation with a repair keeps both programs, and what was wrong with the first', () => {
    const view = viewOf([
      { type: 'attempt', number: 1 },
      { type: 'code', text: 'print(' },
      { type: 'code', text: 'x)' },
      { type: 'written', code: 'print(x)\n', language: 'python', fileName: 'main.py', explanation: null },
      attempted(1, 'runtime_error', 'print(x)\n'),
      { type: 'attempt', number: 2 },
      { type: 'code', text: 'print(1)' },
    ]);
    expect(view.attempts).toMatchObject([
      { number: 1, code: 'print(x)\n', status: 'runtime_error', error: 'NameError', isWriting: false },
      { number: 2, code: 'print(1)', status: null, isWriting: true },
    ]);
    expect(view.isOver).toBe(false);
  });

  test('an event that was seen before changes nothing', () => {
    const view = viewOf([
      { type: 'attempt', number: 1 },
      { type: 'code', text: 'a' },
    ]);
    expect(reduceRunEvent(view, 2, { type: 'code', text: 'a' })).toBe(view);
  });

  test('the platform’s failure ends it', () => {
    const error = { code: 'ERR_EXECUTOR_FAILED', message: 'no', hint: null, locale: 'en' } as const;
    expect(viewOf([{ type: 'failed', error }])).toMatchObject({ isOver: true, failure: error });
  });

  test('stages come and go, and what was left out is added up', () => {
    const view = viewOf([
      { type: 'stage', stage: 'compile', state: 'started' },
      { type: 'stage', stage: 'compile', state: 'finished' },
      { type: 'stdout', phase: 'run', text: '', bytesLeftOut: 10 },
      { type: 'stderr', phase: 'run', text: '', bytesLeftOut: 5 },
      { type: 'stage', stage: 'run', state: 'started' },
    ]);
    expect(view).toMatchObject({ bytesLeftOut: 15, stage: { stage: 'run' } });
  });
});
