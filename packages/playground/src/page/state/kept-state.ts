import type { AppState } from './app-state.ts';
import { fieldsOf, type KeptEditor, parseKeptEditor, parsePreferences } from './parse-kept.ts';
import type { RunView } from './run-view.ts';

/**
 * What of the page survives a reload: in the tab, what stands in the editor and which run is shown; in the browser, how
 * the page looks. No key.
 */
const TAB_KEY = 'cloche-editor';
const RUN_KEY = 'cloche-run';
const BROWSER_KEY = 'cloche-preferences';
const KEPT_CHARACTERS = 1024 * 1024;
const QUIET_MS = 300;

/** The run that the tab showed, which need not be the newest of all tabs. */
export interface KeptRun {
  readonly id: string;
  /** Whether its program was still being written into the editor. */
  readonly isFollowed: boolean;
}

export function keptRun(): KeptRun | null {
  const { id, isFollowed } = fieldsOf(readJson(sessionStorage, RUN_KEY));
  return typeof id === 'string' ? { id, isFollowed: isFollowed === true } : null;
}

export function keptState(): KeptEditor & Pick<AppState, 'preferences'> {
  return {
    ...parseKeptEditor(readJson(sessionStorage, TAB_KEY)),
    preferences: parsePreferences(readJson(localStorage, BROWSER_KEY)),
  };
}

let timer: ReturnType<typeof setTimeout> | null = null;
let latest: AppState | null = null;

export function keepState(state: AppState): void {
  latest = state;
  timer ??= setTimeout(writeLatest, QUIET_MS);
}

/** Also when the page goes away, for what was typed last. */
export function writeLatest(): void {
  if (timer) clearTimeout(timer);
  timer = null;
  if (!latest) return;
  const { language, drafts, requirement, isAnyLanguage } = latest;
  const kept: KeptEditor = { language, drafts, requirement, isAnyLanguage };
  // What was typed is worth more than files, which lie on the disk as well.
  const text = jsonWithin(kept) ?? jsonWithin({ ...kept, drafts: withoutAttachments(drafts) });
  write(sessionStorage, TAB_KEY, text);
  if (latest.run) write(sessionStorage, RUN_KEY, JSON.stringify(keptRunOf(latest.run, latest)));
  write(localStorage, BROWSER_KEY, JSON.stringify(latest.preferences));
}

function jsonWithin(kept: KeptEditor): string | null {
  const text = JSON.stringify(kept);
  return text.length <= KEPT_CHARACTERS ? text : null;
}

function withoutAttachments(drafts: AppState['drafts']): AppState['drafts'] {
  return Object.fromEntries(
    Object.entries(drafts).map(([language, draft]) => [language, { ...draft, attachments: [] }]),
  );
}

function keptRunOf({ summary, isOver }: RunView, { isEditorFollowing }: AppState): KeptRun {
  return { id: summary.id, isFollowed: isEditorFollowing && !isOver };
}

function write(storage: Storage, key: string, text: string | null): void {
  try {
    if (text === null) storage.removeItem(key);
    else storage.setItem(key, text);
  } catch {
    // Full, or switched off: the page works without.
  }
}

function readJson(storage: Storage, key: string): unknown {
  try {
    const text = storage.getItem(key);
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
