import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withoutFencedBlocks } from './fenced-blocks.ts';
import type { Page } from './page.ts';
import { ROOT_DIRECTORY } from './page.ts';

const LINK = /\]\((?<target>[^)\s]+)\)/gu;

/** Each link of a page to a file or a heading of this repository that is not there. */
export function findBrokenLinks(page: Page): string[] {
  const targets = [...withoutFencedBlocks(page.text).matchAll(LINK)].map(
    (match) => match.groups?.['target'] ?? '',
  );
  return targets.filter((target) => !/^[a-z]+:/u.test(target) && !exists(page, target));
}

function exists(page: Page, target: string): boolean {
  const [file = '', heading] = target.split('#', 2);
  const absolute =
    file === ''
      ? path.join(ROOT_DIRECTORY, page.path)
      : path.join(ROOT_DIRECTORY, path.dirname(page.path), file);
  if (!existsSync(absolute)) return false;
  return heading === undefined || headingsOf(readFileSync(absolute, 'utf8')).includes(heading);
}

/** The names by which GitHub lets headings be linked. */
function headingsOf(markdown: string): string[] {
  const lines = withoutFencedBlocks(markdown).split('\n');
  return lines
    .filter((line) => /^#{1,6} /u.test(line))
    .map((line) =>
      line
        .replace(/^#+ /u, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    );
}
