import type { AppState } from './app-state.ts';

/** What of the page survives a reload: in the tab, what stands in the editor; in the browser, how the page looks. No key. */
const TAB_KEY = 'cloche-editor';
const BROWSER_KEY = 'cloche-preferences';
const KEPT_CHARACTERS = 1024 * 1024;
const QUIET_MS = 300;

type Kept = Pick<AppState, 'language' | 'drafts' | 'requirement' | 'isAnyLanguage'>;

export function keptState(): Partial<AppState> {
  // Written by this page alone: nobody else of this origin.
  const kept = readJson(sessionStorage, TAB_KEY) as Kept | null;
  return { ...kept, ...readPreferences() };
}

function readPreferences(): Partial<AppState> {
  const preferences = readJson(localStorage, BROWSER_KEY) as AppState['preferences'] | null;
  return preferences ? { preferences } : {};
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
  const kept = JSON.stringify({ language, drafts, requirement, isAnyLanguage } satisfies Kept);
  write(sessionStorage, TAB_KEY, kept.length <= KEPT_CHARACTERS ? kept : null);
  write(localStorage, BROWSER_KEY, JSON.stringify(latest.preferences));
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
