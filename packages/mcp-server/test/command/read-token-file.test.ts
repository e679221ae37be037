import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LocalizedText } from '@cloche/core/executor';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTokenFile } from '../../src/command/read-token-file.ts';
import { environment } from '../support/environment.ts';

const ONE = 'token-of-the-first-client';
const TWO = 'token-of-the-second-client==';

let directory: string;
let warnings: string[];
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'cloche-tokens-'));
  warnings = [];
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function read(text: string, mode = 0o600): Promise<readonly string[]> {
  const file = path.join(directory, 'tokens');
  await writeFile(file, text);
  await chmod(file, mode);
  return readTokenFile('tokens', {
    environment,
    workingDirectory: directory,
    homeDirectory: directory,
    platform: process.platform,
    isLocaleGiven: false,
    isDebug: false,
    errorStream: process.stderr,
    messages: {
      locale: 'en',
      note: () => undefined,
      warning: ({ en }: LocalizedText) => void warnings.push(en),
    },
  });
}

describe('a token file', () => {
  test.each([
    ['one token', ONE, [ONE]],
    ['one with a line break', `${ONE}\n`, [ONE]],
    ['one a line, with comments', `# laptop\n${ONE}\r\n\n  # the build\n${TWO}\n`, [ONE, TWO]],
  ])('%s', async (_, text, tokens) => {
    expect(await read(text)).toEqual(tokens);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['nothing', '', 'no token in it'],
    ['comments alone', '# none yet\n', 'no token in it'],
    ['a name before the token', `${ONE}\nlaptop ${TWO}\n`, 'in line 2 no token'],
    ['a comment behind the token', `${ONE} # laptop\n`, 'in line 1 no token'],
    ['a short one', `# a\nshort\n`, 'in line 2 no token'],
    ['the same twice', `${ONE}\n${TWO}\n${ONE}\n`, 'the token of line 1 again in line 3'],
    ['too much', `# ${'x'.repeat(70_000)}\n${ONE}`, 'is not a file with tokens'],
  ])('%s is refused, and the error shows no token', async (_, text, said) => {
    const error = await read(text).then(
      () => null,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).toContain(said);
    expect(JSON.stringify(error)).not.toContain(ONE);
    expect(JSON.stringify(error)).not.toContain(TWO);
  });

  test.for([0o640, 0o604, 0o620, 0o602])(
    'that others can read or change (%o) is warned of',
    async (mode, { skip }) => {
      skip(process.getuid === undefined, 'Windows has no such modes');
      expect(await read(ONE, mode)).toEqual([ONE]);
      expect(warnings.join()).toContain('chmod 600');
    },
  );
});
