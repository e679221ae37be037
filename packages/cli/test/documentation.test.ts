import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSnippets } from './documentation/check-snippets.ts';
import { fencedBlocks } from './documentation/fenced-blocks.ts';
import { findBrokenLinks } from './documentation/find-broken-links.ts';
import { allPages } from './documentation/page.ts';
import { prepareShellDirectory, runInShell } from './documentation/run-in-shell.ts';
import { skipWithoutToolchain } from './documentation/skip-without-toolchain.ts';

const PAGES = allPages();

describe('links', () => {
  test.each(PAGES)('every link of $path leads somewhere', (page) => {
    expect(findBrokenLinks(page)).toEqual([]);
  });

  test('a link to a file or a heading that is not there is found', () => {
    const text =
      '[a](README.md) [b](absent.md) [c](README.md#absent) [d](#here) [e](https://example.org)\n\n# Here\n';
    expect(findBrokenLinks({ path: 'example.md', text })).toEqual(['absent.md', 'README.md#absent', '#here']);
  });
});

describe('TypeScript', () => {
  const snippets = Object.fromEntries(
    PAGES.flatMap((page) =>
      fencedBlocks(page.text)
        // What stands beside a file of the reader's own is run by the test of the package that shows it.
        .filter(({ language, text }) => language === 'ts' && !/ from '\.\//u.test(text))
        .map(({ text, line }) => [`${page.path.replaceAll(/[/.]/gu, '-')}-line-${line}`, text]),
    ),
  );

  test('every snippet typechecks', async () => {
    expect(Object.keys(snippets).length).toBeGreaterThan(0);
    expect(await checkSnippets(snippets)).toBe('');
  });

  test('a snippet with a mistake is found', async () => {
    expect(await checkSnippets({ wrong: "import { absent } from '@cloche/core/executor';\n" })).toContain(
      "'absent'",
    );
  });
});

/** Commands of `sh` blocks that run Cloche, each with the output that the page shows for it, or null. */
const COMMANDS = PAGES.flatMap((page) => {
  const blocks = fencedBlocks(page.text);
  return blocks.flatMap(({ language, text, line }, index) => {
    if (language !== 'sh') return [];
    const commands = text.split('\n').filter((command) => command !== '' && !command.startsWith('#'));
    const following = blocks[index + 1];
    const shown = commands.length === 1 && following?.followsBlock === true && following.language === 'text';
    return commands.map((command) => ({
      command,
      place: `${page.path}:${line}`,
      output: shown ? `${following.text}\n` : null,
    }));
  });
});

describe('commands', () => {
  let directory = '';

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-documentation-'));
    await prepareShellDirectory(directory);
  });

  afterAll(async () => {
    await rm(directory, { recursive: true });
  });

  test('the pages have commands to run', () => {
    expect(COMMANDS.map(({ command }) => command)).toContain('npm run cloche -- run examples/fibonacci.py');
  });

  // Each command once, where a page shows its output if any does. What may not be run here stands in a `console` block.
  const commands = new Map(COMMANDS.map((given) => [given.command, given]));
  for (const given of COMMANDS) if (given.output !== null) commands.set(given.command, given);

  test.for([...commands.values()])(
    '$command ($place)',
    { timeout: 300_000 },
    async ({ command, output }, context) => {
      const result = await runInShell(command, directory);
      skipWithoutToolchain(result, context);
      expect(result, result.stderr).toMatchObject({
        exitCode: 0,
        ...(output === null ? {} : { stdout: output }),
      });
    },
  );
});
