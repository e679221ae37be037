import type { RunEvent } from '../../api/run-event.ts';
import type { AppAction, AppState } from './app-state.ts';
import { emptyDraft, reduceDraft, type Draft } from './draft.ts';
import { mainFileName } from './language-files.ts';
import { reduceRunEvent, type RunView, startRunView } from './run-view.ts';

export const draftOf = (state: AppState): Draft => state.drafts[state.language] ?? emptyDraft(state.language);

export function reduceApp(state: AppState, action: AppAction): AppState {
  switch (action.type) {
    case 'connection':
      return state.connection === action.connection ? state : { ...state, connection: action.connection };
    case 'settings':
      return { ...state, settings: action.settings };
    case 'executors':
      return { ...state, executors: action.executors };
    case 'preferences':
      return { ...state, preferences: { ...state.preferences, ...action.preferences } };
    case 'language':
      return { ...state, language: action.language, jump: null };
    case 'draft':
      return withDraft(state, reduceDraft(draftOf(state), state.language, action.action));
    case 'load-draft':
      return loadDraft({ ...state, language: action.language, jump: null }, action.draft);
    case 'requirement':
      return { ...state, requirement: action.text };
    case 'any-language':
      return { ...state, isAnyLanguage: action.isAnyLanguage };
    case 'run-started':
      return {
        ...state,
        run: startRunView(action.summary),
        history: [action.summary, ...state.history.filter(({ id }) => id !== action.summary.id)],
        notice: null,
        outputTab: 'output',
        isEditorFollowing: true,
      };
    case 'run-opened':
      return { ...state, run: startRunView(action.summary), outputTab: 'output', isEditorFollowing: false };
    case 'follow-writing':
      return { ...state, isEditorFollowing: true };
    case 'run-record':
      return state.run?.summary.id === action.record.id
        ? { ...state, run: { ...state.run, copies: action.record.copies } }
        : state;
    case 'run-events':
      return state.run?.summary.id === action.id ? withEvents(state, state.run, action.events) : state;
    case 'cancelling':
      return state.run && !state.run.isOver ? { ...state, run: { ...state.run, isCancelling: true } } : state;
    case 'history':
      return { ...state, history: action.runs };
    case 'forgotten': {
      const history = state.history.filter(({ id }) => id !== action.id);
      // Without a run there are no attempts, and no tab that shows them.
      return state.run?.summary.id === action.id
        ? { ...state, history, run: null, outputTab: 'output' }
        : { ...state, history };
    }
    case 'run-lost':
      return state.run?.summary.id === action.id
        ? { ...state, run: { ...state.run, isOver: true, stage: null } }
        : state;
    case 'notice':
      return { ...state, notice: action.notice };
    case 'jump': {
      const file = draftOf(state).files.findIndex(({ name }) => name === action.file);
      if (file < 0) return state;
      const selected = withDraft(state, { ...draftOf(state), active: file });
      return { ...selected, jump: { file, line: action.line, column: action.column } };
    }
    case 'output-tab':
      return { ...state, outputTab: action.tab };
    case 'side-panel':
      return { ...state, sidePanel: action.panel };
    case 'side-open':
      return { ...state, isSideOpen: action.isOpen };
  }
}

/** In the place of the program that stood there, to which undoing goes back. */
function loadDraft(state: AppState, draft: Draft): AppState {
  const before = draftOf(state).files[0];
  const [program, ...others] = draft.files;
  if (!before || !program) return withDraft(state, draft);
  return withDraft(state, { ...draft, files: [{ ...program, id: before.id }, ...others] });
}

function withDraft(state: AppState, draft: Draft): AppState {
  return draft === state.drafts[state.language]
    ? state
    : { ...state, drafts: { ...state.drafts, [state.language]: draft } };
}

function withEvents(
  state: AppState,
  run: RunView,
  events: readonly { readonly number: number; readonly event: RunEvent }[],
): AppState {
  let view = run;
  let next = state;
  for (const { number, event } of events) {
    if (number <= view.lastEvent) continue;
    view = reduceRunEvent(view, number, event);
    if (state.isEditorFollowing) next = followWriting(next, view, event);
  }
  return { ...next, run: view, history: view.isOver ? endInHistory(next, view) : next.history };
}

/** What the model writes appears in the editor while it is written. */
function followWriting(state: AppState, view: RunView, event: RunEvent): AppState {
  const attempt = view.attempts.at(-1);
  // Until its first word, what stands there stays: the model may fail.
  if (!attempt || (event.type !== 'code' && event.type !== 'written')) return state;
  const language = attempt.language ?? view.summary.language ?? state.language;
  const known = state.drafts[language] ?? emptyDraft(language);
  const usual = mainFileName(language, attempt.code);
  const name = attempt.fileName ?? usual;
  const [program, ...others] = known.files;
  // In the place of what stood there, to which undoing goes back.
  const files = [{ id: program?.id ?? language, name, text: attempt.code }, ...others];
  const draft = { ...known, files, isProgramNamed: name !== usual, active: 0, isTouched: true };
  return { ...state, language, drafts: { ...state.drafts, [language]: draft } };
}

function endInHistory(state: AppState, view: RunView): AppState['history'] {
  const status = view.generation?.status ?? view.result?.status ?? null;
  return state.history.map((summary) =>
    summary.id === view.summary.id
      ? {
          ...summary,
          state: view.failure ? ('failed' as const) : ('ended' as const),
          status,
          durationMs: view.generation?.durationMs ?? view.result?.durationMs ?? summary.durationMs,
        }
      : summary,
  );
}
