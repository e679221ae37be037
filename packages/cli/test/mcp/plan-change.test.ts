import { describe, expect, test } from 'vitest';
import { CLIENTS } from '../../src/commands/mcp/clients/client-table.ts';
import { ENTRY, install, planned, uninstall } from './support/planned.ts';

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

  test.each(Object.entries(JSON_CASES))(
    '%s is to the byte what it was when the entry is taken out again',
    async (_, [before, after]) => {
      expect(await uninstall('gemini', after, { backups: [before] })).toBe(before);
      expect(await uninstall('gemini', before)).toBeNull();
    },
  );

  test('servers that were there before, empty, stay; those that came with the entry go', async () => {
    const without = '{\n  "a": 1\n}\n';
    const empty = '{\n  "a": 1,\n  "mcpServers": {}\n}\n';
    const installed = (await install('gemini', without)) ?? '';
    expect(await install('gemini', empty)).toBe(installed);
    expect(await uninstall('gemini', installed)).toBe(without);
    expect(await uninstall('gemini', installed, { backups: [without] })).toBe(without);
    expect(await uninstall('gemini', installed, { backups: [empty] })).toBe(empty);
  });

  test('what others have written since the installation stays', async () => {
    const before = '{\n  "a": 1\n}\n';
    const installed = (await install('gemini', before)) ?? '';
    const since = installed.replace('"a": 1', '"a": 2').replace(/\n\}\n$/u, ',\n  "z": true\n}\n');
    expect(await uninstall('gemini', since, { backups: [before] })).toBe('{\n  "a": 2,\n  "z": true\n}\n');
    const other = since.replace('"mcpServers": {', '"mcpServers": {\n    "other": {},');
    expect(await uninstall('gemini', other, { backups: [before] })).toBe(
      '{\n  "a": 2,\n  "mcpServers": {\n    "other": {}\n  },\n  "z": true\n}\n',
    );
    const comment = since.replace('"mcpServers": {', '"mcpServers": { // mine');
    expect(await uninstall('gemini', comment, { backups: [before] })).toContain('"mcpServers": { // mine');
  });

  test('a backup of an older entry does not bring that one back', async () => {
    const older = '{"mcpServers":{"cloche":{"command":"npx","args":["@cloche/mcp-server@1"]}}}';
    const updated = (await install('gemini', older)) ?? '';
    expect(await uninstall('gemini', updated, { backups: [older, 'no JSON'] })).toBe('{"mcpServers":{}}');
  });

  test('a file that was made for the entry goes with it, and an empty one stays', async () => {
    const made = (await install('gemini', '')) ?? '';
    expect(await planned('gemini', made, null)).toEqual({ kind: 'remove' });
    expect(await planned('gemini', made, null, { backups: [''] })).toEqual({ kind: 'write', text: '' });
    expect(await planned('gemini', made, null, { backups: ['{}\n'] })).toEqual({
      kind: 'write',
      text: '{}\n',
    });
  });

  test('what its user has made of a file of ours stays', async () => {
    const made = (await install('gemini', '')) ?? '';
    const used = made.replace('"command"', '"env": {}, "command"');
    expect(await uninstall('gemini', used)).toBe('{\n  "mcpServers": {}\n}\n');
  });

  test('one project of many gets its servers, and loses them again', async () => {
    const before = '{\n  "projects": {\n    "/a": { "x": 1 }\n  }\n}\n';
    const serversPath = ['projects', '/b', 'mcpServers'];
    const installed = (await install('claude-code', before, { serversPath })) ?? '';
    expect(JSON.parse(installed)).toEqual({
      projects: { '/a': { x: 1 }, '/b': { mcpServers: { cloche: { type: 'stdio', ...ENTRY } } } },
    });
    expect(await install('claude-code', installed, { serversPath })).toBeNull();
    expect(await uninstall('claude-code', installed, { serversPath })).toBe(before);
    expect(await uninstall('claude-code', installed)).toBeNull();
  });

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
    expect(JSON.parse((await install('gemini', foreign, { isForced: true })) ?? '')).toEqual({
      mcpServers: { cloche: { command: 'npx', args: ['-y', '@cloche/mcp-server'] } },
    });
    expect(await uninstall('gemini', foreign, { isForced: true })).toBe('{\n  "mcpServers": {}\n}\n');
  });

  test.each([
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', 'FILE:3:3: This is not JSON: comma expected.'],
    ['a file that ends too early', '{\n  "a": {', 'FILE:2:9: This is not JSON: close brace expected.'],
    ['no object', '[1, 2]', 'FILE:1:1: JSON should be an object here'],
    ['servers that are a list', '{\n  "mcpServers": []\n}', 'FILE:2:17: mcpServers should be an object here'],
    [
      'servers twice',
      '{\n  "mcpServers": {},\n  "mcpServers": {}\n}',
      'FILE:3:3: The key mcpServers is there',
    ],
    ['the entry twice', '{"mcpServers":{"cloche":{},\n"cloche":{}}}', 'FILE:2:1: The key cloche is there'],
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

  test.each(CLIENTS)('$name keeps the entry, and gives it back', async ({ name }) => {
    const after = (await install(name, '')) ?? '';
    expect(await install(name, after)).toBeNull();
    expect(await uninstall(name, after)).not.toContain('cloche');
  });
});
