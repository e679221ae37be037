import type { LanguageId, Locale } from '@cloche/core/executor';
import { type AppState, INITIAL_STATE, type Preferences, type Theme } from './app-state.ts';
import type { Attachment, Draft } from './draft.ts';
import { isLanguageId, mainFileName } from './language-files.ts';
import { newSourceFile, type SourceFile } from './source-file.ts';

/**
 * What another version of this page has kept, which need not have the shape of this one's. What has another shape is left
 * out: what is there already stands in its place.
 */
export type KeptEditor = Pick<AppState, 'language' | 'drafts' | 'requirement' | 'isAnyLanguage'>;

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const LOCALES: readonly Locale[] = ['en', 'zh'];

export function parseKeptEditor(value: unknown): KeptEditor {
  const { language, drafts, requirement, isAnyLanguage } = fieldsOf(value);
  return {
    language: isLanguageId(language) ? language : INITIAL_STATE.language,
    drafts: Object.fromEntries(Object.entries(fieldsOf(drafts)).flatMap(keptDraft)),
    requirement: textOr(requirement, INITIAL_STATE.requirement),
    isAnyLanguage: flagOr(isAnyLanguage, INITIAL_STATE.isAnyLanguage),
  };
}

export function parsePreferences(value: unknown): Preferences {
  const { locale, theme, endsRuns } = fieldsOf(value);
  const usual = INITIAL_STATE.preferences;
  return {
    locale: LOCALES.find((known) => known === locale) ?? usual.locale,
    theme: THEMES.find((known) => known === theme) ?? usual.theme,
    endsRuns: flagOr(endsRuns, usual.endsRuns),
  };
}

function keptDraft([language, value]: readonly [string, unknown]): [LanguageId, Draft][] {
  if (!isLanguageId(language)) return [];
  const { files, isProgramNamed, active, attachments, stdin, argumentsText, isTouched } = fieldsOf(value);
  const sources = itemsOf(files).flatMap(keptFile);
  const [program] = sources;
  if (!program) return [];
  const isThere = typeof active === 'number' && sources[active] !== undefined;
  return [
    [
      language,
      {
        files: sources,
        isProgramNamed: flagOr(isProgramNamed, program.name !== mainFileName(language, program.text)),
        active: isThere ? active : 0,
        attachments: itemsOf(attachments).flatMap(keptAttachment),
        stdin: textOr(stdin, ''),
        argumentsText: textOr(argumentsText, ''),
        isTouched: flagOr(isTouched, true),
      },
    ],
  ];
}

function keptFile(value: unknown): SourceFile[] {
  const { id, name, text } = fieldsOf(value);
  if (typeof name !== 'string' || typeof text !== 'string') return [];
  return [typeof id === 'string' ? { id, name, text } : newSourceFile(name, text)];
}

function keptAttachment(value: unknown): Attachment[] {
  const { path, byteCount, content } = fieldsOf(value);
  return typeof path === 'string' && typeof byteCount === 'number' && typeof content === 'string'
    ? [{ path, byteCount, content }]
    : [];
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOr = (value: unknown, usual: string): string => (typeof value === 'string' ? value : usual);
const flagOr = (value: unknown, usual: boolean): boolean => (typeof value === 'boolean' ? value : usual);
