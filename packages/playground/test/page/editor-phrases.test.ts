import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { CHINESE_PHRASES } from '../../src/page/editor/editor-phrases.ts';

const { resolve } = createRequire(import.meta.url);

test.each(['search', 'view', 'language', 'commands'])(
  'everything that the editor’s %s says is there in Chinese',
  async (part) => {
    const source = await readFile(resolve(`@codemirror/${part}`), 'utf8');
    const calls = source.match(/\bphrase\((?:view, )?[^),]*"[^)]*\)/gu) ?? [];
    const said = calls.flatMap((call) => [...call.matchAll(/"([^"]+)"/gu)].map(([, phrase = '']) => phrase));
    expect(said).not.toEqual([]);
    expect(said.filter((phrase) => !Object.hasOwn(CHINESE_PHRASES, phrase))).toEqual([]);
  },
);
