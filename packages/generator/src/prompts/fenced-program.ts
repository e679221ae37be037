/** A program as an answer has it, in a fence that it does not hold itself. */
export function fencedProgram(language: string, code: string): string {
  let longest = 2;
  for (const [ticks] of code.matchAll(/`+/gu)) longest = Math.max(longest, ticks.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.endsWith('\n') ? code : `${code}\n`}${fence}`;
}
