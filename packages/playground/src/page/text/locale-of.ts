import type { Locale } from '@cloche/core/executor';
import type { AppState } from '../state/app-state.ts';

/** Chosen here, else the server's; the browser's until the server has said it, or where it says nothing. */
export function localeOf({ preferences, settings }: Pick<AppState, 'preferences' | 'settings'>): Locale {
  return preferences.locale ?? settings?.locale ?? browserLocale();
}

function browserLocale(): Locale {
  return /^zh\b/iu.test(navigator.language) ? 'zh' : 'en';
}
