import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import type { FileLimits, ReceivedFiles, SandboxFile } from '../src/index.ts';
import { FileReceiver } from '../src/index.ts';

const MEBIBYTE = 1024 * 1024;
const BLOCK_BYTES = 512;
const LIMITS: FileLimits = { bytes: MEBIBYTE, count: 1000, scratchBytes: MEBIBYTE };

/** An archive as a sandbox sends it: each file has a size of its own. */
async function archiveOf(sizes: readonly number[]): Promise<Buffer> {
  const archive = pack();
  for (const [index, size] of sizes.entries()) archive.entry({ name: `work/${index}` }, '0'.repeat(size));
  archive.finalize();
  return buffer(archive);
}

function givenFiles(count: number): readonly SandboxFile[] {
  return Array.from({ length: count }, (_, index) => ({
    directory: 'work',
    path: String(index),
    content: Buffer.from('given'),
    executable: false,
  }));
}

async function received(
  archive: Buffer,
  limits: Partial<FileLimits> = {},
  given: readonly SandboxFile[] = [],
): Promise<ReceivedFiles> {
  const receiver = new FileReceiver(given, { ...LIMITS, ...limits });
  for (let start = 0; start < archive.length; start += 1000) {
    if (!receiver.push(archive.subarray(start, start + 1000))) break;
  }
  return receiver.finish();
}

describe('files that come back', () => {
  test.each([
    ['none at all', []],
    ['an empty one at the end', [5, 0]],
    ['one that fills its blocks', [2 * BLOCK_BYTES]],
    ['one with a part of a block', [BLOCK_BYTES + 1]],
  ])('%s: they are complete', async (_, sizes) => {
    const { files, omitted, isComplete } = await received(await archiveOf(sizes));
    expect([files.map(({ content }) => content.length), omitted, isComplete]).toEqual([sizes, [], true]);
  });

  test('nothing was sent: they are complete, and nothing is known to be gone', async () => {
    const nothing = { files: [], omitted: [], isComplete: true, removed: [] };
    expect(await received(Buffer.alloc(0), {}, givenFiles(1))).toEqual(nothing);
  });

  test('of the given ones, what is not among them is gone; cut off, that is not known', async () => {
    const archive = await archiveOf([3 * BLOCK_BYTES, 3 * BLOCK_BYTES]);
    const given = givenFiles(3);
    expect((await received(archive, {}, given)).removed).toEqual(given.slice(2));
    expect((await received(archive.subarray(0, 4 * BLOCK_BYTES), {}, given)).removed).toEqual([]);
  });

  test('more than there may be, each named: they are complete', async () => {
    const { omitted, isComplete } = await received(await archiveOf([1, 1, 1]), { count: 1 });
    expect([omitted.map(({ reason }) => reason), isComplete]).toEqual([['too_many', 'too_many'], true]);
  });

  test.each([
    ['cut off within a file', 3 * BLOCK_BYTES],
    ['cut off between two files', 4 * BLOCK_BYTES],
    ['cut off within a header', 4 * BLOCK_BYTES + 100],
    ['cut off within the end mark', 8 * BLOCK_BYTES + 100],
  ])('%s: that is said', async (_, keptBytes) => {
    // Of empty bytes, as the end mark is.
    const archive = await archiveOf([3 * BLOCK_BYTES, 3 * BLOCK_BYTES]);
    for (const start of [BLOCK_BYTES, 5 * BLOCK_BYTES]) archive.fill(0, start, start + 3 * BLOCK_BYTES);
    expect(await received(archive)).toMatchObject({ isComplete: true });
    expect(await received(archive.subarray(0, keptBytes))).toMatchObject({ isComplete: false });
  });

  test('broken in the middle: that is said, and what came before is kept', async () => {
    const archive = await archiveOf([5, 5, 5]);
    archive.fill(0xff, 2 * BLOCK_BYTES, 3 * BLOCK_BYTES);
    const { files, isComplete } = await received(archive);
    expect([files.map(({ path }) => path), isComplete]).toEqual([['0'], false]);
  });

  test('more bytes, entries or omissions than are looked at: that is said', async () => {
    const many = await archiveOf(Array.from({ length: 10_001 }, () => 0));
    expect(await received(many, { scratchBytes: 100 * MEBIBYTE })).toMatchObject({ isComplete: false });
    const unnamed = await archiveOf(Array.from({ length: 102 }, () => 1));
    expect(await received(unnamed, { count: 1 })).toMatchObject({ isComplete: false });
    const large = await archiveOf([10 * MEBIBYTE]);
    expect(await received(large)).toMatchObject({ isComplete: false });
  });
});
