import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { StdinQueue } from '../../src/executor/execution/stdin-queue.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('StdinQueue', () => {
  test('chunks arrive in order, and the stream ends after the last one', async () => {
    const queue = new StdinQueue(true);
    const writes = Promise.all([queue.write(bytes('a')), queue.write(bytes('b'))]);
    queue.close();
    const read: string[] = [];
    for await (const chunk of queue) read.push(new TextDecoder().decode(chunk));
    expect(read).toEqual(['a', 'b']);
    expect(await writes).toEqual([true, true]);
  });

  test('a write waits until the reader comes back for more', async () => {
    const queue = new StdinQueue(true);
    const iterator = queue[Symbol.asyncIterator]();
    let isTaken = false;
    const write = queue.write(bytes('a')).then(() => (isTaken = true));
    await iterator.next();
    await nextTurn();
    expect(isTaken).toBe(false);
    void iterator.next();
    await write;
    expect(isTaken).toBe(true);
    queue.close();
  });

  test('a reader that stops answers the chunk in its hands, and all others, with false', async () => {
    const queue = new StdinQueue(true);
    const writes = Promise.all([queue.write(bytes('a')), queue.write(bytes('b'))]);
    for await (const _ of queue) break;
    expect(await writes).toEqual([false, false]);
    expect(await queue.write(bytes('c'))).toBe(false);
  });

  test('an end while the reader is busy with a chunk does not leave its writer waiting', async () => {
    const queue = new StdinQueue(true);
    const iterator = queue[Symbol.asyncIterator]();
    const write = queue.write(bytes('a'));
    await iterator.next();
    queue.abandon();
    expect(await write).toBe(false);
  });

  test('an end wakes a reader that waits', async () => {
    const queue = new StdinQueue(true);
    const next = queue[Symbol.asyncIterator]().next();
    await nextTurn();
    queue.abandon();
    expect((await next).done).toBe(true);
  });

  test('closing twice is closing once', async () => {
    const queue = new StdinQueue(true);
    queue.close();
    queue.close();
    expect((await queue[Symbol.asyncIterator]().next()).done).toBe(true);
  });

  test('writing after the close is refused, while the program runs and after it', async () => {
    const queue = new StdinQueue(true);
    queue.close();
    await expect(queue.write(bytes('a'))).rejects.toThrow('closed already');
    queue.abandon();
    await expect(queue.write(bytes('a'))).rejects.toMatchObject({ code: 'ERR_REQUEST_INVALID' });
  });

  test('writing where stdin is no stream is refused, while the program runs and after it', async () => {
    const queue = new StdinQueue(false);
    await expect(queue.write(bytes('a'))).rejects.toThrow('not a stream');
    queue.abandon();
    await expect(queue.write(bytes('a'))).rejects.toThrow('not a stream');
    expect((await queue[Symbol.asyncIterator]().next()).done).toBe(true);
  });
});
