const KEY_PART = /^\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|'(?<literal>[^']*)'|(?<bare>[\w-]+))\s*/u;

/**
 * The line, from 1, on which a key of a TOML text is set, or its table begins; null when it is not
 * found. The text has been parsed before, so a rough reading is enough to find the place.
 */
export function locateTomlKey(text: string, path: readonly string[]): number | null {
  let table: string[] = [];
  let nearest: number | null = null;
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const header = /^\s*\[\[?(?<name>[^\]]*)\]\]?/u.exec(line)?.groups?.['name'];
    let here: string[];
    if (header === undefined) {
      const key = keyParts(line, '=');
      if (key === null) continue;
      here = [...table, ...key];
    } else {
      table = keyParts(header, '') ?? [];
      here = table;
    }
    const isPrefix = here.every((part, position) => part === path[position]);
    if (isPrefix && here.length === path.length) return index + 1;
    // An inline table holds its keys on the line of the table's own key.
    if (isPrefix && header === undefined) nearest ??= index + 1;
  }
  return nearest;
}

/** The parts of a dotted key before `end`; null when the line is no such thing. */
function keyParts(line: string, end: string): string[] | null {
  const parts: string[] = [];
  let rest = line;
  for (;;) {
    const match = KEY_PART.exec(rest);
    if (match === null) return null;
    parts.push(match.groups?.['quoted'] ?? match.groups?.['literal'] ?? match.groups?.['bare'] ?? '');
    rest = rest.slice(match[0].length);
    if (!rest.startsWith('.')) break;
    rest = rest.slice(1);
  }
  return end === '' || rest.startsWith(end) ? parts : null;
}
