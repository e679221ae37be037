import { describe, expect, test } from 'vitest';
import type { RunSummary } from '../../src/api/runs.ts';
import { type AppAction, type AppState, INITIAL_STATE } from '../../src/page/state/app-state.ts';
import { draftOfProgram } from '../../src/page/state/draft.ts';
import { draftOf, reduceApp } from '../../src/page/state/reduce-app.ts';
import { newSourceFile } from '../../src/page/state/source-file.ts';

const summary: RunSummary = {
  id: 'r1',
  kind: 'generate',
  state: 'running',
  status: null,
  language: null,
  title: 'primes',
  startedAt: 0,
  durationMs: null,
};

const after = (actions: readonly AppAction[], state: AppState = INITIAL_STATE): AppState =>
  actions.reduce(reduceApp, state);

describe('the page’s state', () => {
  test('each language has an editor of its own', () => {
    const state = after([
      { type: 'draft', action: { type: 'text', index: 0, text: 'print(1)' } },
      { type: 'language', language: 'go' },
      { type: 'draft', action: { type: 'text', index: 0, text: 'package main' } },
      { type: 'language', language: 'python' },
    ]);
    expect(draftOf(state).files).toMatchObject([{ name: 'main.py', text: 'print(1)' }]);
    expect(state.drafts.go?.files[0]).toMatchObject({ name: 'main.go', text: 'package main' });
  });

  test('a Java program is named after its public type while nobody gave it another name', () => {
    const typed = after([
      { type: 'language', language: 'java' },
      { type: 'draft', action: { type: 'text', index: 0, text: 'public final class Bank {}' } },
    ]);
    expect(draftOf(typed).files[0]?.name).toBe('Bank.java');
    const named = after(
      [
        { type: 'draft', action: { type: 'rename-file', index: 0, name: 'App.java' } },
        { type: 'draft', action: { type: 'text', index: 0, text: 'public class Shop {}' } },
      ],
      typed,
    );
    expect(draftOf(named).files[0]?.name).toBe('App.java');
  });

  test('what the model writes appears in the editor of its language', () => {
    const state = after([
      { type: 'run-started', summary },
      {
        type: 'run-events',
        id: 'r1',
        events: [
          { number: 1, event: { type: 'attempt', number: 1 } },
          {
            number: 2,
            event: {
              type: 'written',
              code: 'fn main() {}\n',
              language: 'rust',
              fileName: 'main.rs',
              explanation: null,
            },
          },
        ],
      },
    ]);
    expect(state.language).toBe('rust');
    expect(draftOf(state).files).toMatchObject([{ name: 'main.rs', text: 'fn main() {}\n' }]);
  });

  test('until the model’s first word the editor keeps what stood there', () => {
    const state = after([
      { type: 'draft', action: { type: 'text', index: 0, text: 'mine' } },
      { type: 'run-started', summary },
      { type: 'run-events', id: 'r1', events: [{ number: 1, event: { type: 'attempt', number: 1 } }] },
    ]);
    expect(draftOf(state).files[0]?.text).toBe('mine');
  });

  test('a run of the history that is only looked at leaves the editor alone', () => {
    const state = after([
      { type: 'draft', action: { type: 'text', index: 0, text: 'mine' } },
      { type: 'run-opened', summary },
      {
        type: 'run-events',
        id: 'r1',
        events: [
          { number: 1, event: { type: 'attempt', number: 1 } },
          { number: 2, event: { type: 'code', text: 'theirs' } },
        ],
      },
    ]);
    expect(draftOf(state).files[0]?.text).toBe('mine');
    expect(state.run?.attempts[0]?.code).toBe('theirs');
  });

  test('events of another run are not taken for this one', () => {
    const state = after([{ type: 'run-started', summary }]);
    const event = { type: 'attempt', number: 1 } as const;
    expect(reduceApp(state, { type: 'run-events', id: 'r0', events: [{ number: 1, event }] })).toBe(state);
  });

  test('the end of a run stands in the history', () => {
    const error = { code: 'ERR_INTERNAL', message: 'no', hint: null, locale: 'en' } as const;
    const state = after([
      { type: 'run-started', summary },
      { type: 'run-events', id: 'r1', events: [{ number: 1, event: { type: 'failed', error } }] },
    ]);
    expect(state.history).toMatchObject([{ id: 'r1', state: 'failed' }]);
    expect(after([{ type: 'forgotten', id: 'r1' }], state)).toMatchObject({ history: [], run: null });
  });

  test('a program that is loaded is undone into the one before it; its other files are files of their own', () => {
    const state = after([
      { type: 'draft', action: { type: 'add-file', file: newSourceFile('a.py', 'a') } },
      { type: 'draft', action: { type: 'text', index: 0, text: 'before' } },
    ]);
    const b = newSourceFile('b.py', 'b');
    const program = draftOfProgram('python', 'loaded');
    const draft = { ...program, files: [...program.files, b] };
    const loaded = draftOf(reduceApp(state, { type: 'load-draft', language: 'python', draft })).files;
    expect(loaded).toEqual([{ ...program.files[0], id: draftOf(state).files[0]?.id }, b]);
  });

  test('after the shown run is deleted, a tab is shown that is there', () => {
    const state = after([
      { type: 'run-started', summary },
      { type: 'output-tab', tab: 'attempts' },
    ]);
    expect(reduceApp(state, { type: 'forgotten', id: 'other' }).outputTab).toBe('attempts');
    expect(reduceApp(state, { type: 'forgotten', id: 'r1' }).outputTab).toBe('output');
  });

  test('a jump goes to the file that is named, and nowhere for one that is not there', () => {
    const state = after([
      { type: 'load-draft', language: 'c', draft: draftOfProgram('c', 'int main;', 'main.c') },
      { type: 'draft', action: { type: 'add-file', file: newSourceFile('a.h', '') } },
      { type: 'jump', file: 'main.c', line: 3, column: null },
    ]);
    expect(state.jump).toEqual({ file: 0, line: 3, column: null });
    expect(draftOf(state).active).toBe(0);
    expect(reduceApp(state, { type: 'jump', file: 'b.c', line: 1, column: null })).toBe(state);
  });

  test('the program stays when other files go, and names that climb out are not taken', () => {
    const state = after([
      { type: 'draft', action: { type: 'add-file', file: newSourceFile('data.txt', '1') } },
      { type: 'draft', action: { type: 'rename-file', index: 1, name: '../x' } },
      { type: 'draft', action: { type: 'rename-file', index: 1, name: 'main.py' } },
      { type: 'draft', action: { type: 'remove-file', index: 0 } },
    ]);
    expect(draftOf(state).files.map(({ name }) => name)).toEqual(['main.py', 'data.txt']);
    const without = after([{ type: 'draft', action: { type: 'remove-file', index: 1 } }], state);
    expect(draftOf(without)).toMatchObject({ active: 0, files: [{ name: 'main.py' }] });
  });
});
