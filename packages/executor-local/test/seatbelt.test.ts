import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seatbeltProfile } from '../src/sandbox/seatbelt.ts';

/** An expression of the profile's language: a word, a text, or a list of expressions. */
type Expression = { readonly text: string } | string | Expression[];

/** Reads the profile as the system does: parentheses, words, and texts with backslashes. Throws where it does not come out even. */
function parse(profile: string): Expression[] {
  const tokens = profile.match(/"(?:\\.|[^"\\])*"|[()]|[^\s()"]+/gsu) ?? [];
  const rest = profile.replaceAll(/"(?:\\.|[^"\\])*"|[()]|[^\s()"]+|\s+/gsu, '');
  if (rest !== '') throw new Error(`not understood: ${rest}`);
  const open: Expression[][] = [[]];
  for (const token of tokens) {
    const innermost = open.at(-1);
    if (innermost === undefined) throw new Error('more is closed than was opened');
    if (token === '(') open.push([]);
    else if (token === ')') {
      open.pop();
      open.at(-1)?.push(innermost);
    } else {
      const isText = token.startsWith('"');
      innermost.push(isText ? { text: token.slice(1, -1).replaceAll(/\\(.)/gsu, '$1') } : token);
    }
  }
  if (open.length !== 1) throw new Error('more is opened than is closed');
  return open[0] ?? [];
}

describe("the profile of macOS's sandbox", () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-seatbelt-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  function profile(change: Partial<Parameters<typeof seatbeltProfile>[1]> = {}, root = directory): string {
    return seatbeltProfile(root, {
      network: 'none',
      readableDirectories: [],
      goCacheDirectory: null,
      ...change,
    });
  }

  test.each(['none', 'full'] as const)('with the network %s denies what it does not list', (network) => {
    const rules = parse(profile({ network }));
    expect(rules.slice(0, 2)).toEqual([
      ['version', '1'],
      ['deny', 'default'],
    ]);
    expect(rules).not.toContainEqual(['allow', 'default']);
    // Each allowance names what it concerns, but for those that concern the program itself.
    const unbounded = rules.filter(
      (rule) => Array.isArray(rule) && rule.every((word) => typeof word === 'string'),
    );
    expect(
      unbounded
        .filter(([verdict]) => verdict === 'allow')
        .flatMap((rule) => rule.slice(1))
        .toSorted(),
    ).toEqual([
      'file-read-metadata',
      'file-read-metadata',
      'ipc-posix-sem',
      'ipc-posix-shm',
      ...(network === 'full' ? ['network*'] : []),
      'process-exec',
      'process-fork',
      'sysctl-read',
      ...(network === 'full' ? ['system-socket'] : []),
    ]);
  });

  test('names nothing of the network where there is none', () => {
    expect(profile()).not.toMatch(/network|socket|resolv|configd|trustd/u);
  });

  test("with a network keeps the host's Unix sockets away, all but the one that resolves names", () => {
    const rules = parse(profile({ network: 'full' }));
    const about = rules.filter((rule) => JSON.stringify(rule).includes('network'));
    expect(about).toEqual([
      ['allow', 'network*', 'system-socket'],
      ['deny', 'network-outbound', ['remote', 'unix-socket']],
      ['allow', 'network-outbound', ['literal', { text: '/private/var/run/mDNSResponder' }]],
    ]);
  });

  test('lets a program write to its own directory alone', () => {
    const writes = parse(profile()).filter((rule) => JSON.stringify(rule).includes('file-write'));
    expect(writes).toHaveLength(2);
    expect(writes).toContainEqual(['allow', 'file-read*', 'file-write*', ['subpath', { text: directory }]]);
    expect(
      JSON.stringify(writes.find((rule) => JSON.stringify(rule).includes('file-write-data'))),
    ).not.toMatch(/"text":"(?!\/dev\/)/u);
  });

  test("lets it read toolchains and Go's cache, by their paths without links, and no home directory", async () => {
    await mkdir(path.join(directory, 'real'));
    await symlink('real', path.join(directory, 'link'));
    const text = profile(
      { readableDirectories: [path.join(directory, 'link')], goCacheDirectory: '/Users/ada/cache/go' },
      '/private/root',
    );
    expect(parse(text)).toContainEqual([
      'allow',
      'file-read*',
      ['subpath', { text: path.join(directory, 'real') }],
      ['subpath', { text: '/Users/ada/cache/go' }],
    ]);
    expect(text.match(/"\/(?:Users|Volumes|home|private\/var\/root)[^"]*"/gu)).toEqual([
      '"/Users/ada/cache/go"',
      '"/Users/ada/cache/go"',
    ]);
  });

  test.each([
    ['a quote and rules of its own', '/x")) (allow default) (allow file-read* (subpath "/'],
    ['a backslash at its end', '/x\\'],
    ['a backslash before a quote', '/x\\") (allow default) ("'],
    ['a line break and a comment', '/x\n; (allow default)'],
  ])('a path with %s stays a path', (_, hostile) => {
    const rules = parse(profile({ readableDirectories: [hostile] }, hostile));
    expect(rules).toHaveLength(parse(profile({ readableDirectories: ['/x'] })).length);
    expect(rules).toContainEqual(['allow', 'file-read*', ['subpath', { text: hostile }]]);
    expect(rules).toContainEqual(['allow', 'file-read*', 'file-write*', ['subpath', { text: hostile }]]);
  });
});
