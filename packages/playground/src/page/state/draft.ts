import type { LanguageId } from '@cloche/core/executor';
import { mainFileName } from './language-files.ts';
import { nameProblem } from './name-problem.ts';
import { newSourceFile, type SourceFile } from './source-file.ts';

/** A file beside the program that the editor does not show. */
export interface Attachment {
  readonly path: string;
  readonly byteCount: number;
  /** Base64. */
  readonly content: string;
}

/** What stands in the editor for one language. */
export interface Draft {
  /** The first one is the program. */
  readonly files: readonly SourceFile[];
  /** Whether the program's name was given to it; else it is a guess, for display alone. */
  readonly isProgramNamed: boolean;
  readonly active: number;
  readonly attachments: readonly Attachment[];
  readonly stdin: string;
  /** As typed; split at spaces, quotes respected. */
  readonly argumentsText: string;
  /** False: it is an example as it came, and another one may take its place. */
  readonly isTouched: boolean;
}

export type DraftAction =
  | { readonly type: 'text'; readonly index: number; readonly text: string }
  | { readonly type: 'select-file'; readonly index: number }
  /** Where there is one of this name, that one is shown. */
  | { readonly type: 'new-file'; readonly file: SourceFile }
  /** Takes the place of one of its name. */
  | { readonly type: 'add-file'; readonly file: SourceFile }
  | { readonly type: 'rename-file'; readonly index: number; readonly name: string }
  | { readonly type: 'remove-file'; readonly index: number }
  | { readonly type: 'attach'; readonly attachment: Attachment }
  | { readonly type: 'detach'; readonly path: string }
  | { readonly type: 'stdin'; readonly text: string }
  | { readonly type: 'arguments'; readonly text: string };

/** The same one whenever it is asked for: nobody has written in it. */
export function emptyDraft(language: LanguageId): Draft {
  return {
    files: [{ id: language, name: mainFileName(language, ''), text: '' }],
    isProgramNamed: false,
    active: 0,
    attachments: [],
    stdin: '',
    argumentsText: '',
    isTouched: false,
  };
}

export function draftOfProgram(language: LanguageId, code: string, fileName?: string): Draft {
  const usual = mainFileName(language, code);
  const file = newSourceFile(fileName ?? usual, code);
  return {
    ...emptyDraft(language),
    files: [file],
    isProgramNamed: file.name !== usual,
    isTouched: true,
  };
}

export function reduceDraft(draft: Draft, language: LanguageId, action: DraftAction): Draft {
  const touched = { ...draft, isTouched: true };
  switch (action.type) {
    case 'text': {
      const before = draft.files[action.index];
      if (!before || before.text === action.text) return draft;
      const isUnnamed = action.index === 0 && !draft.isProgramNamed;
      const name = isUnnamed ? mainFileName(language, action.text) : before.name;
      return { ...touched, files: draft.files.with(action.index, { ...before, name, text: action.text }) };
    }
    case 'select-file':
      return draft.files[action.index] ? { ...draft, active: action.index } : draft;
    case 'new-file': {
      const known = draft.files.findIndex(({ name }) => name === action.file.name);
      if (known >= 0) return { ...draft, active: known };
      return { ...touched, files: [...draft.files, action.file], active: draft.files.length };
    }
    case 'add-file': {
      const known = draft.files.findIndex(({ name }) => name === action.file.name);
      if (known >= 0) return { ...touched, files: draft.files.with(known, action.file), active: known };
      return { ...touched, files: [...draft.files, action.file], active: draft.files.length };
    }
    case 'rename-file': {
      const before = draft.files[action.index];
      const name = action.name.trim();
      if (!before || before.name === name || nameProblem(draft, name, action.index) !== null) return draft;
      const isProgramNamed = draft.isProgramNamed || action.index === 0;
      return { ...touched, isProgramNamed, files: draft.files.with(action.index, { ...before, name }) };
    }
    case 'remove-file': {
      if (action.index === 0) return draft;
      const files = draft.files.toSpliced(action.index, 1);
      const active = draft.active >= action.index ? draft.active - 1 : draft.active;
      return { ...touched, files, active };
    }
    case 'attach': {
      const others = draft.attachments.filter(({ path }) => path !== action.attachment.path);
      return { ...touched, attachments: [...others, action.attachment] };
    }
    case 'detach':
      return { ...touched, attachments: draft.attachments.filter(({ path }) => path !== action.path) };
    case 'stdin':
      return { ...touched, stdin: action.text };
    case 'arguments':
      return { ...touched, argumentsText: action.text };
  }
}
