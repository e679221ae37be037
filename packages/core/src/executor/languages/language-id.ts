/** The languages that every executor is asked to run. */
export const LANGUAGE_IDS = [
  'python',
  'javascript',
  'typescript',
  'java',
  'go',
  'rust',
  'bash',
  'c',
  'cpp',
] as const;

export type LanguageId = (typeof LANGUAGE_IDS)[number];
