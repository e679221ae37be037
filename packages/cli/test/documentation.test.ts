import { describe, expect, test } from 'vitest';
import { checkSnippets } from './documentation/check-snippets.ts';
import { fencedBlocks } from './documentation/fenced-blocks.ts';
import { findBrokenLinks } from './documentation/find-broken-links.ts';
import { allPages } from './documentation/page.ts';

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
        .filter(({ language }) => language === 'ts')
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
