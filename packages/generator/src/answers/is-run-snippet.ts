const COMMAND =
  /^\s*(?:[$>%#] )?(?:sudo |time )?(?:pip3?|npm|npx|pnpm|yarn|node|deno|bun|python3?|py|bash|sh|chmod|\.\/\S+|go (?:run|build|mod)|cargo|rustc|gcc|g\+\+|clang(?:\+\+)?|javac?|tsx|ts-node|cd|mkdir|touch|apt(?:-get)?|brew|source|git|docker|curl|cat \w+\.\w+)(?:\s|$)/u;

const LONGEST_LINES = 12;

/** Whether these lines say how a program is started, and are not one themselves. */
export function isRunSnippet(lines: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== '' && !/^\s*#(?!!)/u.test(line));
  if (said.length === 0 || said.length > LONGEST_LINES) return false;
  if (said[0]?.startsWith('#!') === true) return false;
  // With prompts in front, what has none is output.
  if (/^\s*\$ /u.test(said[0] ?? '')) return true;
  return said.every((line) => COMMAND.test(line));
}
