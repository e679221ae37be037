import { describe, expect, test } from 'vitest';
import { install, uninstall } from './support/planned.ts';

const BLOCK = '[mcp_servers.cloche]\ncommand = "npx"\nargs = ["-y", "@cloche/mcp-server"]';

const TOML_CASES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'other keys': ['model = "o"\n', `model = "o"\n\n${BLOCK}\n`],
  'no line break at the end': ['model = "o" # mine', `model = "o" # mine\n\n${BLOCK}`],
  'a blank line at the end': ['[a]\nb = 1\n\n', `[a]\nb = 1\n\n${BLOCK}\n`],
  'line breaks of Windows': ['a = 1\r\n', `a = 1\r\n\r\n${BLOCK.replaceAll('\n', '\r\n')}\r\n`],
  'text that looks like the table': [
    'note = """\n[mcp_servers.cloche]\ncommand = "x" """\nlist = [\n  "[mcp_servers.cloche]", # no\n]\nwhen = 2026-11-25\n',
    `note = """\n[mcp_servers.cloche]\ncommand = "x" """\nlist = [\n  "[mcp_servers.cloche]", # no\n]\nwhen = 2026-11-25\n\n${BLOCK}\n`,
  ],
};

const NEW = '{ command = "npx", args = ["-y", "@cloche/mcp-server"] }';
const OLD_ARGS = '["@cloche/mcp-server@1"]';
const NEW_ARGS = '["-y", "@cloche/mcp-server"]';

/** Entries that are written in other ways than as a table: what an installation adds, and what it updates. */
const INLINE: Readonly<
  Record<
    string,
    { readonly before: string; readonly added: string; readonly old: string; readonly updated: string }
  >
> = {
  'servers in one inline table': {
    before: 'mcp_servers = { other = { url = "x" } } # mine\n\n[z]\na = 1\n',
    added: `mcp_servers = { other = { url = "x" }, cloche = ${NEW} } # mine\n\n[z]\na = 1\n`,
    old: `mcp_servers = { cloche = { command = "npx", args = ${OLD_ARGS} }, other = {} } # mine\n`,
    updated: `mcp_servers = { cloche = { command = "npx", args = ${NEW_ARGS} }, other = {} } # mine\n`,
  },
  'an inline table with nothing in it': {
    before: 'mcp_servers = {}\n',
    added: `mcp_servers = { cloche = ${NEW} }\n`,
    old: `mcp_servers = { cloche = { args = ${OLD_ARGS} } }\n`,
    updated: `mcp_servers = { cloche = { args = ${NEW_ARGS}, command = "npx" } }\n`,
  },
  'an entry that is a value of its table': {
    before: '[mcp_servers] # all\nother = { url = "x" }\n\n[z]\n',
    added: `[mcp_servers] # all\nother = { url = "x" }\n\n[z]\n\n${BLOCK}\n`,
    old: `[mcp_servers] # all\ncloche = { args = ${OLD_ARGS}, command = "npx", env = { A = "}" } } # ours\nother = {}\n`,
    updated: `[mcp_servers] # all\ncloche = { args = ${NEW_ARGS}, command = "npx", env = { A = "}" } } # ours\nother = {}\n`,
  },
  'keys with dots': {
    before: 'mcp_servers.other.url = "x"\n',
    added: `mcp_servers.other.url = "x"\n\n${BLOCK}\n`,
    old: `  mcp_servers."cloche".args = ${OLD_ARGS}\nmcp_servers.other.url = "x" # mine\n`,
    updated: `  mcp_servers."cloche".args = ${NEW_ARGS}\n  mcp_servers.cloche.command = "npx"\nmcp_servers.other.url = "x" # mine\n`,
  },
  'keys with dots below a header': {
    before: '[mcp_servers]\nother.url = "x"',
    added: `[mcp_servers]\nother.url = "x"\n\n${BLOCK}`,
    old: `[mcp_servers]\ncloche.command = "npx"\ncloche.args = ${OLD_ARGS}`,
    updated: `[mcp_servers]\ncloche.command = "npx"\ncloche.args = ${NEW_ARGS}`,
  },
};

describe('a file in TOML', () => {
  test('that is empty gets a table', async () => {
    expect(await install('codex', '')).toBe(`${BLOCK}\n`);
  });

  test.each(Object.entries(TOML_CASES))('with %s gets the table', async (_, [before, after]) => {
    expect(await install('codex', before)).toBe(after);
    expect(await install('codex', after)).toBeNull();
  });

  test.each(Object.entries(TOML_CASES))(
    'with %s is to the byte what it was when the table is taken out again',
    async (_, [before, after]) => {
      expect(await uninstall('codex', after, { backups: [before] })).toBe(before);
    },
  );

  test('a table in the middle goes with those below it, and the comment of the next one stays', async () => {
    const before = `[a]\nb = 1\n\n${BLOCK}\n[mcp_servers.cloche.env]\nA = "b"\n\n# the next one\n[z]\n`;
    expect(await uninstall('codex', before)).toBe('[a]\nb = 1\n\n# the next one\n[z]\n');
  });

  test('an older entry is brought up to date, its comments and other keys kept', async () => {
    const before =
      '[mcp_servers.cloche] # ours\nargs = [\n  "@cloche/mcp-server@0.1.0",\n] # pinned\ncommand = "npx"\ntool_timeout_sec = 90\n';
    expect(await install('codex', before)).toBe(
      '[mcp_servers.cloche] # ours\nargs = ["-y", "@cloche/mcp-server"] # pinned\ncommand = "npx"\ntool_timeout_sec = 90\n',
    );
  });

  test('a foreign table stays, unless its user insists', async () => {
    const foreign = '[mcp_servers.cloche]\nurl = "https://example.com"\n\n[z]\na = 1\n';
    await expect(install('codex', foreign)).rejects.toMatchObject({
      hint: expect.stringContaining('--force'),
    });
    expect(await install('codex', foreign, { isForced: true })).toBe(`\n[z]\na = 1\n\n${BLOCK}\n`);
  });

  test.each(Object.entries(INLINE))('%s', async (_, { before, added, old, updated }) => {
    expect(await install('codex', before)).toBe(added);
    expect(await install('codex', added)).toBeNull();
    expect(await uninstall('codex', added, { backups: [before] })).toBe(before);
    expect(await install('codex', old)).toBe(updated);
    // Without a backup the place may stay, empty; nothing of the entry does, and everything else.
    const without = (await uninstall('codex', old)) ?? '';
    expect(without).not.toContain('cloche');
    for (const [comment] of old.matchAll(/# (?!ours).*/gu)) expect(without).toContain(comment);
  });

  test('an entry in an inline table that is not ours gives way in its place, if its user insists', async () => {
    const foreign = 'mcp_servers = { a = { url = "x" }, cloche = { url = "y" } } # mine\n';
    expect(await install('codex', foreign, { isForced: true })).toBe(
      'mcp_servers = { a = { url = "x" }, cloche = { command = "npx", args = ["-y", "@cloche/mcp-server"] } } # mine\n',
    );
  });

  test('what cannot be changed is refused with the words to write', async () => {
    await expect(install('codex', 'mcp_servers = []\n')).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('cannot be changed here without touching something else'),
      hint: expect.stringContaining(
        'mcp_servers.cloche: { command = "npx", args = ["-y", "@cloche/mcp-server"] }',
      ),
    });
  });

  test('what is not TOML is told with line and column', async () => {
    await expect(install('codex', 'a = 1\nb = = 2\n')).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(/^FILE:2:\d+: This is not TOML/u),
    });
  });
});
