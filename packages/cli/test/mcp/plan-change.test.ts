import { describe, expect, test } from 'vitest';
import type { ClientDefinition } from '../../src/commands/mcp/clients/client-definition.ts';
import { CLIENTS } from '../../src/commands/mcp/clients/client-table.ts';
import { planChange } from '../../src/commands/mcp/entries/plan-change.ts';
import { publishedEntry } from '../../src/commands/mcp/entries/server-entry.ts';
import type { ClientFile } from '../../src/commands/mcp/files/read-client-file.ts';

const ENTRY = publishedEntry('linux');

function client(name: string): ClientDefinition {
  const found = CLIENTS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

function fileOf(text: string): ClientFile {
  return { path: 'FILE', realPath: 'FILE', text, byteOrderMark: '', mode: 0o600 };
}

function install(name: string, text: string, isForced = false): Promise<string | null> {
  return planChange(fileOf(text), { client: client(name), name: 'cloche', entry: ENTRY, isForced });
}

function uninstall(name: string, text: string, isForced = false): Promise<string | null> {
  return planChange(fileOf(text), { client: client(name), name: 'cloche', entry: null, isForced });
}

const BLOCK = '[mcp_servers.cloche]\ncommand = "npx"\nargs = ["-y", "@cloche/mcp-server"]';
const NPX = '"command": "npx",\n      "args": [\n        "-y",\n        "@cloche/mcp-server"\n      ]';

/** Files before and after, for a client with `mcpServers`. */
const JSON_CASES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'an empty file': ['', `{\n  "mcpServers": {\n    "cloche": {\n      ${NPX}\n    }\n  }\n}\n`],
  'an object with nothing in it': [
    '{}',
    `{\n  "mcpServers": {\n    "cloche": {\n      ${NPX}\n    }\n  }\n}`,
  ],
  'no servers yet': [
    '{\n  "a": 1\n}\n',
    `{\n  "a": 1,\n  "mcpServers": {\n    "cloche": {\n      ${NPX}\n    }\n  }\n}\n`,
  ],
  'an empty table of servers': [
    '{\n  "mcpServers": {},\n  "z": [1, 2]\n}\n',
    `{\n  "mcpServers": {\n    "cloche": {\n      ${NPX}\n    }\n  },\n  "z": [1, 2]\n}\n`,
  ],
  'comments and a comma at the end': [
    '// mine\n{\n  "mcpServers": { // all of them\n    "other": { "url": "x" }, // the first\n    /* nothing else */\n  }, // done\n}\n',
    `// mine\n{\n  "mcpServers": { // all of them\n    "other": { "url": "x" }, // the first\n    /* nothing else */\n    "cloche": {\n      ${NPX}\n    },\n  }, // done\n}\n`,
  ],
  'a comment behind the last value': [
    '{\n  "mcpServers": {\n    "other": {} // the last, so far\n  }\n}',
    `{\n  "mcpServers": {\n    "other": {}, // the last, so far\n    "cloche": {\n      ${NPX}\n    }\n  }\n}`,
  ],
  'line breaks of Windows': [
    '{\r\n    "mcpServers": {\r\n        "other": {}\r\n    }\r\n}\r\n',
    '{\r\n    "mcpServers": {\r\n        "other": {},\r\n        "cloche": {\r\n            "command": "npx",\r\n            "args": [\r\n                "-y",\r\n                "@cloche/mcp-server"\r\n            ]\r\n        }\r\n    }\r\n}\r\n',
  ],
  tabs: [
    '{\n\t"mcpServers": {\n\t\t"other": {}\n\t}\n}\n',
    '{\n\t"mcpServers": {\n\t\t"other": {},\n\t\t"cloche": {\n\t\t\t"command": "npx",\n\t\t\t"args": [\n\t\t\t\t"-y",\n\t\t\t\t"@cloche/mcp-server"\n\t\t\t]\n\t\t}\n\t}\n}\n',
  ],
  'everything on one line': [
    '{"a":1,"mcpServers":{"other":{"url":"x"}},"z":{}}',
    '{"a":1,"mcpServers":{"other":{"url":"x"},"cloche":{"command":"npx","args":["-y","@cloche/mcp-server"]}},"z":{}}',
  ],
  'one line with blanks': [
    '{ "mcpServers": { "other": {} } }\n',
    '{ "mcpServers": { "other": {}, "cloche": {"command": "npx", "args": ["-y", "@cloche/mcp-server"]} } }\n',
  ],
  'unknown keys, twice the same among them': [
    '{\n  "x": 1,\n  "x": 2,\n  "mcpServers": {\n    "other": { "__proto__": 1, "ü": "\\u0000" }\n  }\n}\n',
    `{\n  "x": 1,\n  "x": 2,\n  "mcpServers": {\n    "other": { "__proto__": 1, "ü": "\\u0000" },\n    "cloche": {\n      ${NPX}\n    }\n  }\n}\n`,
  ],
};

describe('a file in JSON', () => {
  test.each(Object.entries(JSON_CASES))(
    '%s gets the entry and keeps the rest',
    async (_, [before, after]) => {
      expect(await install('gemini', before)).toBe(after);
    },
  );

  test.each(Object.entries(JSON_CASES))('%s is left alone the second time', async (_, [, after]) => {
    expect(await install('gemini', after)).toBeNull();
  });

  test.each(Object.entries(JSON_CASES).filter(([, [before]]) => before.includes('"other"')))(
    '%s is to the byte what it was when the entry is taken out again',
    async (_, [before, after]) => {
      expect(await uninstall('gemini', after)).toBe(before);
      expect(await uninstall('gemini', before)).toBeNull();
    },
  );

  test('the entry in the middle goes with its own line alone', async () => {
    const before =
      '{\n  "mcpServers": {\n    "a": {}, // first\n    "cloche": { "command": "npx", "args": ["@cloche/mcp-server@1"] }, // ours\n    "z": {}\n  }\n}\n';
    expect(await uninstall('gemini', before)).toBe(
      '{\n  "mcpServers": {\n    "a": {}, // first\n     // ours\n    "z": {}\n  }\n}\n',
    );
  });

  test('nothing moves up into a comment', async () => {
    const before =
      '{ "mcpServers": {\n  // first\n  "cloche": { "command": "npx", "args": ["@cloche/mcp-server"] }, "z": {}\n} }\n';
    expect(await uninstall('gemini', before)).toBe('{ "mcpServers": {\n  // first\n   "z": {}\n} }\n');
  });

  test('what its user has added to the entry stays, arguments too', async () => {
    const own =
      '{\n  "mcpServers": {\n    "cloche": { "command": "npx", "args": ["-y", "@cloche/mcp-server", "--executor", "docker"], "env": { "A": "b" } }\n  }\n}\n';
    expect(await install('gemini', own)).toBeNull();
    const old = own.replace(
      '["-y", "@cloche/mcp-server", "--executor", "docker"]',
      '["@cloche/mcp-server@0.1.0"]',
    );
    expect(await install('gemini', old)).toBe(
      '{\n  "mcpServers": {\n    "cloche": { "command": "npx", "args": ["-y", "@cloche/mcp-server"], "env": { "A": "b" } }\n  }\n}\n',
    );
  });

  test('an entry of the name that is not ours stays, unless its user insists', async () => {
    const foreign =
      '{\n  "mcpServers": {\n    "cloche": { "url": "https://example.com", "headers": {} }\n  }\n}\n';
    await expect(install('gemini', foreign)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('does not start Cloche'),
      hint: expect.stringContaining('--force'),
    });
    await expect(uninstall('gemini', foreign)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
    expect(JSON.parse((await install('gemini', foreign, true)) ?? '')).toEqual({
      mcpServers: { cloche: { command: 'npx', args: ['-y', '@cloche/mcp-server'] } },
    });
    expect(await uninstall('gemini', foreign, true)).toBe('{\n  "mcpServers": {}\n}\n');
  });

  test.each([
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 'FILE:3:3: This is not JSON: comma expected.'],
    ['a file that ends too early', '{\n  "a": {', 'FILE:2:9: This is not JSON: close brace expected.'],
    ['no object', '[1, 2]', 'FILE:1:1: JSON should be an object here'],
    ['servers that are a list', '{\n  "mcpServers": []\n}', 'FILE:2:17: mcpServers should be an object here'],
    [
      'servers twice',
      '{\n  "mcpServers": {},\n  "mcpServers": {}\n}',
      'FILE:3:3: The key mcpServers stands there',
    ],
    [
      'the entry twice',
      '{"mcpServers":{"cloche":{},\n"cloche":{}}}',
      'FILE:2:1: The key cloche stands there',
    ],
  ])('%s is told with line and column', async (_, text, message) => {
    await expect(install('gemini', text)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(message),
    });
  });
});

describe('every client', () => {
  test.each(CLIENTS.filter(({ format }) => format === 'json'))(
    '$name gets its own kind of entry',
    async ({ name, serversKey, extra }) => {
      const after = (await install(name, '')) ?? '';
      expect(JSON.parse(after)).toEqual({ [serversKey]: { cloche: { ...extra, ...ENTRY } } });
    },
  );

  test('codex gets a table', async () => {
    expect(await install('codex', '')).toBe(`${BLOCK}\n`);
  });

  test.each(CLIENTS)('$name keeps the entry, and gives it back', async ({ name }) => {
    const after = (await install(name, '')) ?? '';
    expect(await install(name, after)).toBeNull();
    expect(await uninstall(name, after)).not.toContain('cloche');
  });
});

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

describe('a file in TOML', () => {
  test.each(Object.entries(TOML_CASES))('with %s gets the table', async (_, [before, after]) => {
    expect(await install('codex', before)).toBe(after);
    expect(await install('codex', after)).toBeNull();
  });

  test.each(Object.entries(TOML_CASES).filter(([name]) => name !== 'a blank line at the end'))(
    'with %s is to the byte what it was when the table is taken out again',
    async (_, [before, after]) => {
      expect(await uninstall('codex', after)).toBe(before);
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
    expect(await install('codex', foreign, true)).toBe(`\n[z]\na = 1\n\n${BLOCK}\n`);
  });

  test('servers in one inline table are left to their user', async () => {
    const inline = 'mcp_servers = { cloche = { command = "npx", args = ["@cloche/mcp-server@1"] } }\n';
    await expect(install('codex', inline)).rejects.toMatchObject({
      message: expect.stringContaining('cannot be changed here without touching something else'),
    });
    await expect(uninstall('codex', inline)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  });

  test('what is not TOML is told with line and column', async () => {
    await expect(install('codex', 'a = 1\nb = = 2\n')).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(/^FILE:2:\d+: This is not TOML/u),
    });
  });
});
