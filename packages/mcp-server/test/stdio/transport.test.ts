import { describe, expect, test } from 'vitest';
import { processesWith, until } from '../support/processes.ts';
import type { RawMessage } from '../support/raw-connection.ts';
import { openRawConnection } from '../support/raw-connection.ts';

const LIST = { jsonrpc: '2.0', method: 'tools/list' };

function execution(id: number, code: string, more: RawMessage = {}): RawMessage {
  const given = { code, language: 'python', ...more };
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'execute_code', arguments: given } };
}

describe('what a client may send and not be understood', () => {
  test.each([
    ['no JSON', '{"jsonrpc": ', -32_700],
    ['no JSON-RPC', '{"hello": 1}', -32_600],
    ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]', -32_600],
    ['a number', '1', -32_600],
    ['invalid UTF-8 within JSON', '\uFFFD', -32_700],
  ])('%s is answered with an error, and the next call is served', async (_, line, code) => {
    await using connection = await openRawConnection();
    connection.send(line);
    connection.send({ ...LIST, id: 7 });
    expect(await connection.answerTo(7)).toHaveProperty('result.tools');
    expect(connection.received).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code }) as unknown }),
    );
  });

  test('a message of 50 MB is refused by its id, and the next call is served', async () => {
    await using connection = await openRawConnection();
    const large = 'x'.repeat(50 * 1024 * 1024);
    const given = { code: large, language: 'python' };
    const params = { name: 'execute_code', arguments: given };
    // As both SDKs write it, with the id at the end, and as others do.
    connection.send({ method: 'tools/call', params, jsonrpc: '2.0', id: 1 });
    connection.send({ jsonrpc: '2.0', id: 'two', method: 'tools/call', params });
    connection.send({ ...LIST, id: 3 });
    expect(await connection.answerTo(1)).toMatchObject({ error: { code: -32_600 } });
    expect(await connection.answerTo('two')).toMatchObject({ error: { code: -32_600 } });
    expect(await connection.answerTo(3)).toHaveProperty('result.tools');
  });

  test('a message right below the bound is taken, in whatever pieces it comes', async () => {
    await using connection = await openRawConnection({ stdio: { messageBytes: 1_000_000 } });
    const message = JSON.stringify(execution(1, `print(len('${'y'.repeat(900_000)}'))`));
    for (let start = 0; start < message.length; start += 70_001) {
      connection.stdin.write(message.slice(start, start + 70_001));
    }
    connection.stdin.write('\n');
    expect(await connection.answerTo(1)).toHaveProperty('result.structuredContent.stdout', '900000\n');
  });

  test('an id in use is refused, and both its program and its cancellation stay what they were', async () => {
    await using connection = await openRawConnection();
    const mark = 'id-used-twice';
    connection.send(execution(5, 'import time; time.sleep(60)', { args: [mark] }));
    await until(async () => (await processesWith(mark)).length > 0);
    connection.send(execution(5, "print('second')"));
    await until(() => connection.received.some((message) => 'error' in message));
    expect(connection.received.filter(({ id }) => id === 5)).toEqual([]);
    connection.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 5 } });
    await until(async () => (await processesWith(mark)).length === 0, 5_000);
    // After the end a cancellation means nothing, and the id is free again.
    connection.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 5 } });
    connection.send(execution(5, "print('third')"));
    expect(await connection.answerTo(5)).toHaveProperty('result.structuredContent.stdout', 'third\n');
  });
});

describe('too much at once', () => {
  test('of 1,000 calls as many run and wait as may, and the others are told that the queue is full', async () => {
    await using connection = await openRawConnection({ config: { queue: { concurrency: 2, length: 8 } } });
    for (let id = 0; id < 1_000; id += 1) connection.send(execution(id, 'print(1)'));
    await Promise.all(Array.from({ length: 1_000 }, (_, id) => connection.answerTo(id)));
    const answers = connection.received.map((message) => JSON.stringify(message));
    const refused = answers.filter((text) => text.includes('The queue is full'));
    const done = answers.filter((text) => text.includes('"status":"ok"'));
    expect(done.length).toBeGreaterThanOrEqual(10);
    expect(done.length + refused.length).toBe(1_000);
    expect(refused[0]).toContain('may succeed later');
  });

  test('calls beyond what the connection holds are refused at once', async () => {
    await using connection = await openRawConnection({ stdio: { callsInFlight: 2 } });
    await connection.answerTo('initialize');
    for (let id = 0; id < 3; id += 1) connection.send(execution(id, 'import time; time.sleep(0.5)'));
    expect(await connection.answerTo(2)).toMatchObject({ error: { code: -32_000 } });
    expect(await connection.answerTo(1)).toHaveProperty('result');
  });

  test('a client that does not read is not read from, and gets every answer once it does', async () => {
    const unreadBytes = 100_000;
    await using connection = await openRawConnection({ stdio: { unreadBytes }, isRead: false });
    const { stdin, stdout } = connection;
    const count = 20_000;
    for (let id = 0; id < count; id += 1) connection.send({ ...LIST, id });
    await until(() => stdin.isPaused());
    const waiting = stdout.writableLength + stdout.readableLength;
    expect(waiting).toBeLessThan(20 * unreadBytes);
    connection.read();
    await connection.answerTo(count - 1);
    expect(connection.received.filter(({ id }) => typeof id === 'number')).toHaveLength(count);
  });
});
