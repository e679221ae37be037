import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import { readToml } from '@cloche/core';
import { describe, expect, test } from 'vitest';
import { plant, temporaryDirectoryOfTest } from '../support/temporary-directory.ts';
import { carryOut } from './support/carry-out.ts';
import { ENTRY, install, uninstall } from './support/planned.ts';
import { Random, randomJson, randomToml } from './support/random-files.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** Files that a program which writes them anew would not leave as they are. */
const HOSTILE: Readonly<Record<string, readonly [name: string, text: string]>> = {
  'an empty file': ['a.json', ''],
  'blanks alone': ['a.json', ' \r\n\t\n'],
  'a byte order mark alone': ['a.json', BYTE_ORDER_MARK],
  'a byte order mark': ['a.json', `${BYTE_ORDER_MARK}{\r\n}\r\n`],
  'no line break at the end': ['a.json', '{\n  "a": 1\n}'],
  'many line breaks at the end': ['a.json', '{"a": 1}\n\n\n'],
  'both kinds of line breaks': ['a.json', '{\r\n  "a": 1,\n  "b": 2\r\n}\n'],
  'tabs and blanks': ['a.json', '{\n\t"a": 1,\n    "b": 2\n}'],
  'comments everywhere': ['a.json', '/*1*/{/*2*/"a"/*3*/:/*4*/1/*5*/,/*6*/}/*7*/ // 8'],
  'a comment where servers would be': ['a.json', '{\n  // "mcpServers": {}\n}\n'],
  'commas at the end': ['a.json', '{\n  "mcpServers": {\n    "a": {},\n  },\n}\n'],
  'servers with a comment alone': ['a.json', '{ "mcpServers": { /* none */ } }'],
  'the same key twice': ['a.json', '{\n  "a": 1,\n  "a": 2,\n  "mcpServers": {}\n}\n'],
  'everything on one line': ['a.json', '{"mcpServers":{},"z":[{}]}'],
  'no indentation': ['a.json', '{\n"mcpServers": {\n}\n}'],
  'escapes in keys': ['a.json', '{"\\u006dcpServers":{"\\n":{}}}'],
  'surrogates and nuls': ['a.json', '{"a":"\\ud800\\u0000","💡":"é"}'],
  'a megabyte before and behind': [
    'a.json',
    `{"a":"${'x'.repeat(1e6)}","mcpServers":{},"z":"${'y'.repeat(1e6)}"}`,
  ],
  'an empty file in TOML': ['a.toml', ''],
  'a byte order mark in TOML': ['a.toml', `${BYTE_ORDER_MARK}a = 1\r\n`],
  'comments alone in TOML': ['a.toml', '# nothing\n\n# here'],
  'blank lines at the end in TOML': ['a.toml', 'a = 1\n\n\n'],
  'a blank line without a break in TOML': ['a.toml', 'a = 1\n\n  '],
  'servers in an inline table in TOML': ['a.toml', 'mcp_servers = { "a" = { x = "}" } } # mine'],
  'line breaks of Windows in TOML': ['a.toml', '[mcp_servers.a]\r\nx = 1'],
};

describe('a file that gets the entry and loses it again', () => {
  test.each(Object.entries(HOSTILE))('is the same to the byte: %s', async (_, [name, text]) => {
    const file = plant(temporaryDirectoryOfTest(), name, text, 0o640);
    await carryOut(file, ENTRY);
    expect(readFileSync(file, 'utf8')).toContain('@cloche/mcp-server');
    await carryOut(file, ENTRY);
    await carryOut(file, null);
    expect(readFileSync(file).equals(Buffer.from(text))).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    // And once more, with the backups of the first time around.
    await carryOut(file, ENTRY);
    await carryOut(file, null);
    expect(readFileSync(file).equals(Buffer.from(text))).toBe(true);
  });

  test('is not there where it was not there before', async () => {
    const file = path.join(temporaryDirectoryOfTest(), 'a.json');
    for (const existed of [false, false]) {
      expect(existsSync(file)).toBe(existed);
      await carryOut(file, ENTRY);
      expect(existsSync(file)).toBe(true);
      await carryOut(file, null);
      expect(existsSync(file)).toBe(false);
    }
  });

  test('is still a link, in a directory that is one', async () => {
    const home = temporaryDirectoryOfTest();
    const real = plant(home, 'dotfiles/real.json', '{\n}');
    mkdirSync(path.join(home, 'config'));
    symlinkSync(path.join(home, 'config'), path.join(home, 'link'));
    symlinkSync(real, path.join(home, 'config/a.json'));
    const file = path.join(home, 'link/a.json');
    await carryOut(file, ENTRY);
    await carryOut(file, null);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('{\n}');
    expect(readdirSync(path.join(home, 'config'))).toEqual(['a.json']);
  });

  test('is not touched where it is read-only', async () => {
    const file = plant(temporaryDirectoryOfTest(), 'a.json', '{}', 0o444);
    await expect(carryOut(file, ENTRY)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining('read-only'),
      hint: expect.stringContaining(`chmod u+w '${file}'`),
    });
    expect(readFileSync(file, 'utf8')).toBe('{}');
    expect(readdirSync(path.dirname(file))).toEqual(['a.json']);
    chmodSync(file, 0o644);
    await carryOut(file, ENTRY);
    chmodSync(file, 0o444);
    await expect(carryOut(file, null)).rejects.toMatchObject({ code: 'ERR_CONFIG_INVALID' });
  });
});

const SEEDS = Array.from({ length: 400 }, (_, seed) => seed);

describe('any file at all', () => {
  test('in JSON keeps its bytes and comments', async () => {
    for (const seed of SEEDS) {
      const before = randomJson(new Random(seed));
      const installed = (await install('gemini', before)) ?? '';
      expect(commentsOf(installed), `seed ${seed}`).toEqual(commentsOf(before));
      expect(await uninstall('gemini', installed, { backups: [before] }), `seed ${seed}`).toBe(before);
      const alone = (await uninstall('gemini', installed)) ?? '';
      expect(commentsOf(alone), `seed ${seed}`).toEqual(commentsOf(before));
      expect(withoutEmptyServers(parse(alone)), `seed ${seed}`).toEqual(withoutEmptyServers(parse(before)));
    }
  });

  test('in TOML keeps its bytes and comments', async () => {
    for (const seed of SEEDS) {
      const before = randomToml(new Random(seed));
      const installed = (await install('codex', before)) ?? '';
      expect(await uninstall('codex', installed, { backups: [before] }), `seed ${seed}`).toBe(before);
      const alone = (await uninstall('codex', installed)) ?? '';
      expect(alone.match(/# mine/gu), `seed ${seed}`).toEqual(before.match(/# mine/gu));
      expect(withoutEmptyServers(await readToml('', alone)), `seed ${seed}`).toEqual(
        withoutEmptyServers(await readToml('', before)),
      );
    }
  });
});

function commentsOf(text: string): readonly string[] {
  return (
    text
      .match(/"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//gu)
      ?.filter((token) => token.startsWith('/')) ?? []
  );
}

function withoutEmptyServers(value: unknown): unknown {
  const { mcpServers, mcp_servers: tables, ...others } = value as Record<string, object | undefined>;
  const servers = mcpServers ?? tables ?? {};
  return Object.keys(servers).length === 0 ? others : { ...others, servers };
}
