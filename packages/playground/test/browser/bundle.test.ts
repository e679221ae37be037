import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';

const LIMIT_BYTES = 350 * 1024;

interface ManifestEntry {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

async function readManifest(): Promise<Readonly<Record<string, ManifestEntry>>> {
  const text = await readFile(join(inject('pageDirectory'), '.vite/manifest.json'), 'utf8');
  return JSON.parse(text) as Record<string, ManifestEntry>;
}

/** What the browser has to have before the page is there: the page, its scripts and styles, the grammar and the example. */
function filesOfFirstView(manifest: Readonly<Record<string, ManifestEntry>>): Set<string> {
  const files = new Set(['index.html']);
  const visited = new Set<string>();
  const take = (key: string): void => {
    const entry = manifest[key];
    if (!entry || visited.has(key)) return;
    visited.add(key);
    for (const file of [entry.file, ...(entry.css ?? [])]) files.add(file);
    entry.imports?.forEach(take);
  };
  for (const [key, entry] of Object.entries(manifest)) {
    if (entry.isEntry === true || /lang-python|fibonacci\.py/u.test(key)) take(key);
  }
  return files;
}

test('what the first view loads is at most 350 kB, compressed', async () => {
  const files = [...filesOfFirstView(await readManifest())];
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(inject('pageDirectory'), file))).length),
  );
  expect(files.some((file) => file.endsWith('.css'))).toBe(true);
  expect(files.length).toBeGreaterThan(4);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(LIMIT_BYTES);
});

test('grammars, tables, data and differences are no part of it', async () => {
  const manifest = await readManifest();
  const first = filesOfFirstView(manifest);
  for (const part of [
    'lang-cpp',
    'lang-java',
    'lang-rust',
    'legacy-modes',
    'table-view',
    'json-view',
    'diff-view',
  ]) {
    const keys = Object.keys(manifest).filter((key) => key.includes(part));
    expect(keys, part).not.toEqual([]);
    expect(
      keys.filter((key) => first.has(manifest[key]?.file ?? '')),
      part,
    ).toEqual([]);
  }
});

test('the page names no other origin, and the licences of what it carries lie beside it', async () => {
  const directory = inject('pageDirectory');
  const html = await readFile(join(directory, 'index.html'), 'utf8');
  expect(html.match(/(?:src|href)="[^"]*"/gu)?.filter((link) => link.includes('//'))).toEqual([]);
  expect(html).toContain('nonce="__CLOCHE_NONCE__"');
  expect((await stat(join(directory, 'THIRD-PARTY-LICENCES.txt'))).size).toBeGreaterThan(1000);
});
