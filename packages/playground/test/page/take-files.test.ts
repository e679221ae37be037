import { expect, test } from 'vitest';
import { takeFiles } from '../../src/page/editor/take-files.ts';
import { INITIAL_STATE } from '../../src/page/state/app-state.ts';
import { draftOf, reduceApp } from '../../src/page/state/reduce-app.ts';
import { createStore } from '../../src/page/state/store.ts';

const MEBIBYTE = 1024 * 1024;
const file = (name: string, mebibytes: number): File =>
  new File([new Uint8Array(mebibytes * MEBIBYTE)], name, { type: 'application/octet-stream' });

test('files are counted together: one that does not fit beside the others is refused by name', async () => {
  const store = createStore(INITIAL_STATE, reduceApp);
  const playground = { store, locale: 'en' as const };
  await takeFiles(playground, [file('first.bin', 20), file('second.bin', 20)]);
  expect(draftOf(store.get()).attachments.map(({ path }) => path)).toEqual(['first.bin']);
  expect(store.get().notice?.message).toBe('second.bin was not taken: all files together may be 32 MiB.');
  // In the place of the first one there is room for it.
  await takeFiles(playground, [file('first.bin', 30)]);
  expect(draftOf(store.get()).attachments).toMatchObject([{ path: 'first.bin', byteCount: 30 * MEBIBYTE }]);
});

test('every file that is refused is told, not the last one alone', async () => {
  const store = createStore(INITIAL_STATE, reduceApp);
  await takeFiles({ store, locale: 'en' }, [file('a.bin', 33), file('b.bin', 33), file('c.bin', 1)]);
  expect(store.get().notice?.message).toMatch(/a\.bin[^]*b\.bin/u);
  expect(draftOf(store.get()).attachments).toHaveLength(1);
});
