import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { LineStore } from '../../src/page/output/line-store.ts';

const texts = (store: LineStore): string[] => [...store.lines()].map(({ text }) => text);

describe('the lines of a run', () => {
  test('are whole whatever pieces they arrive in, and the one that has not ended is there too', () => {
    const store = new LineStore();
    for (const piece of ['al', 'pha\nbe', 'ta\n\ngam', 'ma']) store.append('stdout', piece);
    expect(texts(store)).toEqual(['alpha', 'beta', '', 'gamma']);
    expect(store.endLine).toBe(4);
  });

  test('belong to one stream each, however the two are mixed', () => {
    const store = new LineStore();
    store.append('stdout', 'out ');
    store.append('stderr', 'err\n');
    store.append('stdout', 'put\n');
    expect([...store.lines()].map(({ stream, text }) => `${stream}: ${text}`)).toEqual([
      'stderr: err',
      'stdout: out put',
    ]);
  });

  test('remember the colour that they begin with, for each stream', () => {
    const store = new LineStore();
    store.append('stdout', '\u001b[31mred\n');
    store.append('stderr', 'plain\n');
    store.append('stdout', 'still red\u001b[0m\nplain again\n');
    expect([...store.lines()].map(({ style }) => style)).toEqual([0, 0, 2, 0]);
  });

  test('beyond the limit the oldest are let go, and the others keep their numbers', () => {
    const store = new LineStore({ lines: 200_000 });
    for (let line = 0; line < 500_000; line += 1000) {
      store.append('stdout', Array.from({ length: 1000 }, (_, index) => `${line + index}\n`).join(''));
    }
    expect(store.endLine).toBe(500_000);
    expect(store.endLine - store.firstLine).toBeLessThanOrEqual(200_000);
    expect(store.line(499_999)?.text).toBe('499999');
    expect(store.line(store.firstLine)?.text).toBe(String(store.firstLine));
    expect(store.line(store.firstLine - 1)).toBeNull();
  });

  test('are bounded in characters as well', () => {
    const store = new LineStore({ characters: 1_000_000 });
    const piece = `${'x'.repeat(99)}\n`.repeat(1000);
    for (let count = 0; count < 50; count += 1) store.append('stderr', piece);
    const kept = texts(store).join('').length;
    expect(kept).toBeLessThanOrEqual(1_000_000);
    expect(kept).toBeGreaterThan(800_000);
  });

  test('take little more memory than their text', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const store = new LineStore();
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let piece = 0; piece < 500; piece += 1) {
      const lines = Array.from({ length: 1000 }, (_, index) => `line ${piece * 1000 + index} of many`);
      store.append('stdout', `${lines.join('\n')}\n`);
    }
    collectGarbage();
    const growth = process.memoryUsage().heapUsed - before;
    expect(growth / texts(store).join('').length).toBeLessThan(2);
    expect(store.endLine).toBe(500_000);
  });

  test('a line without an end goes on in the next ones', () => {
    const store = new LineStore({ lineCharacters: 100 });
    store.append('stdout', 'y'.repeat(250));
    store.append('stdout', `${'z'.repeat(60)}\nend`);
    expect(texts(store).map(({ length }) => length)).toEqual([100, 100, 100, 10, 3]);
  });

  test('of a progress bar only what it shows is kept while it runs', () => {
    const store = new LineStore({ lineCharacters: 100_000 });
    for (let percent = 0; percent <= 100_000; percent += 1) store.append('stdout', `\r${percent}`);
    expect(store.endLine).toBe(1);
    expect(store.line(0)?.text.length).toBeLessThan(1000);
    expect(store.line(0)?.text.endsWith('\r100000')).toBe(true);
  });

  test('say that they changed, and start anew', () => {
    const store = new LineStore();
    let calls = 0;
    const unsubscribe = store.subscribe(() => {
      calls += 1;
    });
    store.append('stdout', 'a');
    store.endLines();
    store.clear();
    unsubscribe();
    store.append('stdout', 'b');
    expect(calls).toBe(3);
    expect(texts(store)).toEqual(['b']);
  });
});
