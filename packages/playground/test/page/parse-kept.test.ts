import { expect, test } from 'vitest';
import { INITIAL_STATE } from '../../src/page/state/app-state.ts';
import { draftOfProgram } from '../../src/page/state/draft.ts';
import { parseKeptEditor, parsePreferences } from '../../src/page/state/parse-kept.ts';

test('what this page keeps comes back as it was', () => {
  const kept = {
    language: 'go',
    drafts: {
      go: {
        ...draftOfProgram('go', 'package main'),
        attachments: [{ path: 'data.bin', byteCount: 1, content: 'AA==' }],
        stdin: 'in',
      },
    },
    requirement: 'primes',
    isAnyLanguage: true,
  };
  expect(parseKeptEditor(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  const preferences = { locale: 'zh', theme: 'dark', endsRuns: true };
  expect(parsePreferences(preferences)).toEqual(preferences);
});

test('files of a version without ids get them', () => {
  const { drafts } = parseKeptEditor({ drafts: { python: { files: [{ name: 'main.py', text: 'x' }] } } });
  expect(drafts.python).toMatchObject({
    files: [{ name: 'main.py', text: 'x' }],
    active: 0,
    attachments: [],
  });
  expect(drafts.python?.files[0]?.id).toMatch(/\d/u);
});

test.each([
  null,
  'text',
  [1],
  { language: 'cobol', drafts: [], requirement: 1, isAnyLanguage: 'yes' },
  { language: 'constructor', drafts: { cobol: { files: [{ name: 'a', text: 'b' }] } } },
  { drafts: { python: { files: [] }, go: { files: [{ name: 1 }] }, rust: null } },
])('of another shape nothing is taken: %j', (kept) => {
  const { language, drafts, requirement, isAnyLanguage, preferences } = INITIAL_STATE;
  expect(parseKeptEditor(kept)).toEqual({ language, drafts, requirement, isAnyLanguage });
  expect(parsePreferences(kept)).toEqual(preferences);
});

test('a theme or a language that is not there any more is the usual one', () => {
  expect(parsePreferences({ locale: 'fr', theme: 'sepia', endsRuns: true })).toEqual({
    ...INITIAL_STATE.preferences,
    endsRuns: true,
  });
});
