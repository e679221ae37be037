import { describe, expect, test } from 'vitest';
import { fitHead, fitTail } from '../../src/results/fit-text.ts';
import { jsonLength } from '../../src/results/json-length.ts';
import { outputPage } from '../../src/results/output-page.ts';

/** The same at every run. */
function* pseudoRandom(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    yield state >>> 8;
  }
}

function mixedBytes(seed: number, length: number): Uint8Array {
  const numbers = pseudoRandom(seed);
  const pieces = ['a', 'é', '字', '😀', '\n', '"', '\u001b'].map((text) => Buffer.from(text));
  const parts: Uint8Array[] = [];
  for (let index = 0; index < length; index += 1) {
    const number = numbers.next().value ?? 0;
    // One in eight is a byte of its own, whole character or not.
    parts.push(
      number % 8 === 0 ? Buffer.from([number % 256]) : (pieces[number % pieces.length] ?? Buffer.of()),
    );
  }
  return new Uint8Array(Buffer.concat(parts));
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

function sourceOf(bytes: Uint8Array): Parameters<typeof outputPage>[0] {
  return {
    keptBytes: bytes.length,
    isGrowing: false,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
  };
}

describe('pages', () => {
  test.each([1, 2, 3, 4, 5, 7, 16, 100, 1_000])(
    'of %i bytes make up what valid text was',
    async (limitBytes) => {
      const text = 'aé字😀\n"\u001b'.repeat(40);
      const bytes = new Uint8Array(Buffer.from(text));
      let read = '';
      let offset = 0;
      let isEnd = false;
      for (let pages = 0; pages <= bytes.length && !isEnd; pages += 1) {
        const page = await outputPage(sourceOf(bytes), { offset, limitBytes, characters: 1_000 });
        read += page.text;
        offset = page.nextOffset;
        ({ isEnd } = page);
      }
      expect({ offset, isEnd }).toEqual({ offset: bytes.length, isEnd: true });
      // A page too small for a character shows it as damage, and gets on all the same.
      expect(limitBytes < 4 || read === text).toBe(true);
    },
  );

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'of hostile bytes lose nothing, whatever the seed (%i)',
    async (seed) => {
      const bytes = mixedBytes(seed, 2_000);
      let read = '';
      let offset = 0;
      while (offset < bytes.length) {
        const page = await outputPage(sourceOf(bytes), { offset, limitBytes: 50 + seed, characters: 60 });
        expect(page.nextOffset).toBeGreaterThan(offset);
        expect(jsonLength(page.text)).toBeLessThanOrEqual(60);
        expect(page.offset).toBe(offset);
        read += page.text;
        offset = page.nextOffset;
      }
      expect(read.replaceAll('\uFFFD', '')).toBe(decode(bytes).replaceAll('\uFFFD', ''));
    },
  );

  test('of a program that still writes end before a character that has only begun', async () => {
    const bytes = new Uint8Array(Buffer.from('ab字')).slice(0, 4);
    const growing = { ...sourceOf(bytes), isGrowing: true };
    const page = await outputPage(growing, { offset: 0, limitBytes: 100, characters: 100 });
    expect(page).toEqual({ text: 'ab', offset: 0, nextOffset: 2, isEnd: false });
  });
});

describe('head and tail', () => {
  test.each([1, 2, 3, 4])('keep to their room, and to whole characters (seed %i)', (seed) => {
    const text = decode(mixedBytes(seed, 2_000)).replaceAll('\uFFFD', '');
    const bytes = new Uint8Array(Buffer.from(text));
    for (const room of [0, 1, 2, 7, 100, 999, 100_000]) {
      const head = fitHead(bytes, room, true);
      const tail = fitTail(bytes, room);
      expect(text.startsWith(head.text)).toBe(true);
      expect(text.endsWith(tail.text)).toBe(true);
      expect(Buffer.byteLength(head.text)).toBe(head.byteCount);
      expect(Buffer.byteLength(tail.text)).toBe(tail.byteCount);
      expect(jsonLength(head.text)).toBeLessThanOrEqual(room);
      expect(jsonLength(tail.text)).toBeLessThanOrEqual(room);
    }
  });

  test('count characters as JSON.stringify writes them', () => {
    const text = decode(mixedBytes(9, 3_000));
    expect(jsonLength(text)).toBe(JSON.stringify(text).length - 2);
  });
});
