/** The same sequence for the same seed (mulberry32), so that a failure can be repeated. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  of<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }
}

const JSON_VALUES = [
  '1',
  '-0.5e3',
  'null',
  'true',
  '"x"',
  String.raw`"\"}{//\\"`,
  '"é 💡"',
  '"a, b"',
] as const;
const JSON_TRIVIA = ['', '', ' ', '\t', '/* } */', '/**/', ' /* , */ '] as const;
const NAMES = ['a', 'b', 'other', 'a b', '//', '__proto__', 'mcp', 'é', 'clochette', ''] as const;

/** JSON as hostile as its grammar lets one write it, with servers somewhere in it or not. */
export function randomJson(random: Random): string {
  const lineBreak = random.of(['\n', '\r\n']);
  const indent = random.of(['  ', '\t', '', '    ']);
  const isInLines = random.below(4) > 0;
  const hasComments = random.below(2) === 0;
  const trivia = (): string => (hasComments ? random.of(JSON_TRIVIA) : random.of(['', ' ']));
  const comment = (): string => (hasComments && isInLines && random.below(4) === 0 ? ' // , {' : '');

  function object(depth: number, keys: readonly string[], value: (key: string) => string): string {
    if (keys.length === 0) return random.of(['{}', '{ }', `{${trivia()}}`]);
    const open = isInLines ? lineBreak + indent.repeat(depth + 1) : trivia();
    const members = keys.map((key, index) => {
      const isLast = index === keys.length - 1;
      const comma = isLast ? (hasComments && random.below(3) === 0 ? ',' : '') : ',';
      return `${open}${JSON.stringify(key)}${trivia()}:${trivia()}${value(key)}${trivia()}${comma}${comment()}`;
    });
    return `{${comment()}${members.join('')}${isInLines ? lineBreak + indent.repeat(depth) : trivia()}}`;
  }
  const leaf = (): string => random.of(JSON_VALUES);
  const servers = (): string =>
    object(1, someOf(random, NAMES), () => object(2, someOf(random, ['url', 'command']), leaf));

  const keys = someOf(random, NAMES);
  if (random.below(3) > 0) keys.splice(random.below(keys.length + 1), 0, 'mcpServers');
  const root = object(0, keys, (key) => (key === 'mcpServers' ? servers() : leaf()));
  const end = random.of(['', lineBreak, lineBreak + lineBreak]);
  return `${hasComments ? random.of(['', `// mine${lineBreak}`]) : ''}${root}${end}`;
}

const TOML_VALUES = [
  '1',
  '"x"',
  "'''\n[mcp_servers.cloche]\n'''",
  '[1, # }\n 2]',
  '2026-11-25',
  '"#"',
] as const;
const TOML_SERVERS = [
  '[mcp_servers]',
  '[mcp_servers]\nother = { url = "x" } # mine',
  '[mcp_servers.other]\nurl = "x"',
  '[ mcp_servers . "a b" ] # mine\nurl = "}"',
  '[mcp_servers.other]\n[mcp_servers.other.env]\nA = "b"',
] as const;
const TOML_ROOT_SERVERS = [
  'mcp_servers = {}',
  'mcp_servers = { } # mine',
  'mcp_servers = { other = { url = "}" }, b = {} }',
  'mcp_servers.other = { url = "#" }',
  'mcp_servers.other.url = "x"',
] as const;

export function randomToml(random: Random): string {
  const lineBreak = random.of(['\n', '\r\n']);
  const blocks: string[] = [];
  for (const name of someOf(random, ['a', 'b', 'model'])) {
    blocks.push(`${name} = ${random.of(TOML_VALUES)}${random.of(['', ' # mine', '\n'])}`);
  }
  const way = random.below(3);
  if (way === 0) blocks.push(random.of(TOML_ROOT_SERVERS));
  const tables = someOf(random, ['x', 'y']).map((name) => `[${name}]\nk = ${random.of(TOML_VALUES)}`);
  if (way === 1) tables.splice(random.below(tables.length + 1), 0, random.of(TOML_SERVERS));
  const text = [...blocks, ...tables].join(random.of(['\n', '\n\n']));
  return (text + random.of(['', '\n', '\n\n', '\n# the end', '\n\n\n'])).replaceAll('\n', lineBreak);
}

function someOf(random: Random, choices: readonly string[]): string[] {
  return choices.filter(() => random.below(3) === 0);
}
