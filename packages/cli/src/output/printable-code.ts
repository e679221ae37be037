// What steers a terminal, and what reorders or hides the code around it. Line breaks and tabs are code.
const HARMFUL =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Code that a model wrote, fit for a terminal: what would steer it is shown. */
export function printableCode(code: string): string {
  return code
    .replaceAll('\r\n', '\n')
    .replaceAll(HARMFUL, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
