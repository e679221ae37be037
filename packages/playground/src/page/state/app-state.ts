import type { LanguageId, Locale } from '@cloche/core/executor';
import type { ExecutorHealth } from '../../api/executor-health.ts';
import type { RunEvent } from '../../api/run-event.ts';
import type { ApiError, RunRecord, RunSummary } from '../../api/runs.ts';
import type { Settings } from '../../api/settings.ts';
import type { Draft, DraftAction } from './draft.ts';
import type { RunView } from './run-view.ts';

/** `away`: the server does not answer, and the page comes back with it. `refused`: the address has been used up. */
export type Connection = 'joining' | 'open' | 'away' | 'refused';
export type Theme = 'system' | 'light' | 'dark';
export type OutputTab = 'output' | 'attempts' | 'files' | 'details';
export type SidePanel = 'settings' | 'history';

export interface Preferences {
  /** Null: the server's. */
  readonly locale: Locale | null;
  readonly theme: Theme;
  /** Whether a run ends when the page that shows it goes away. */
  readonly endsRuns: boolean;
}

/** A place in a source that the editor goes to; each jump is an object of its own. */
export interface Jump {
  readonly file: number;
  readonly line: number;
  readonly column: number | null;
}

export interface AppState {
  readonly connection: Connection;
  readonly settings: Settings | null;
  readonly executors: readonly ExecutorHealth[] | null;
  readonly preferences: Preferences;
  readonly language: LanguageId;
  readonly drafts: Readonly<Partial<Record<LanguageId, Draft>>>;
  readonly requirement: string;
  readonly isAnyLanguage: boolean;
  readonly run: RunView | null;
  /** Whether the editor follows what the model writes: where the page asked for it, or it was opened. */
  readonly isEditorFollowing: boolean;
  readonly history: readonly RunSummary[];
  readonly notice: ApiError | null;
  readonly jump: Jump | null;
  readonly outputTab: OutputTab;
  readonly sidePanel: SidePanel;
  /** On a narrow page, where the side bar lies above the rest. */
  readonly isSideOpen: boolean;
}

export type AppAction =
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'executors'; readonly executors: readonly ExecutorHealth[] }
  | { readonly type: 'preferences'; readonly preferences: Partial<Preferences> }
  | { readonly type: 'language'; readonly language: LanguageId }
  | { readonly type: 'draft'; readonly action: DraftAction }
  | { readonly type: 'load-draft'; readonly language: LanguageId; readonly draft: Draft }
  | { readonly type: 'requirement'; readonly text: string }
  | { readonly type: 'any-language'; readonly isAnyLanguage: boolean }
  | { readonly type: 'run-started' | 'run-opened'; readonly summary: RunSummary }
  | { readonly type: 'run-record'; readonly record: RunRecord }
  | {
      readonly type: 'run-events';
      readonly id: string;
      readonly events: readonly { readonly number: number; readonly event: RunEvent }[];
    }
  | { readonly type: 'cancelling' | 'follow-writing' }
  | { readonly type: 'history'; readonly runs: readonly RunSummary[] }
  | { readonly type: 'forgotten' | 'run-lost'; readonly id: string }
  | { readonly type: 'notice'; readonly notice: ApiError | null }
  | { readonly type: 'jump'; readonly file: string; readonly line: number; readonly column: number | null }
  | { readonly type: 'output-tab'; readonly tab: OutputTab }
  | { readonly type: 'side-panel'; readonly panel: SidePanel }
  | { readonly type: 'side-open'; readonly isOpen: boolean };

export const INITIAL_STATE: AppState = {
  connection: 'joining',
  settings: null,
  executors: null,
  preferences: { locale: null, theme: 'system', endsRuns: false },
  language: 'python',
  drafts: {},
  requirement: '',
  isAnyLanguage: false,
  run: null,
  isEditorFollowing: false,
  history: [],
  notice: null,
  jump: null,
  outputTab: 'output',
  sidePanel: 'settings',
  isSideOpen: false,
};
