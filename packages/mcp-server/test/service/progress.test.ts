import { describe, expect, test } from 'vitest';
import { openRawConnection } from '../support/raw-connection.ts';
import type { RawMessage } from '../support/raw-connection.ts';

const FLOOD =
  "import time\nend = time.time() + 2\ni = 0\nwhile time.time() < end:\n  print('line', i, 'z' * 300, flush=True)\n  i += 1\n  time.sleep(0.001)";

function execution(code: string, progressToken?: string): RawMessage {
  return {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: {
      name: 'execute_code',
      arguments: { code, language: 'python' },
      ...(progressToken !== undefined && { _meta: { progressToken } }),
    },
  };
}

describe('progress', () => {
  test('comes at most four times a second, always larger, with the last line and no more of it', async () => {
    await using connection = await openRawConnection();
    const startedAtMs = performance.now();
    connection.send(execution(FLOOD, 'token'));
    const { result } = (await connection.answerTo(1)) as { result: { structuredContent: RawMessage } };
    const seconds = (performance.now() - startedAtMs) / 1000;
    expect(result.structuredContent['status']).toBe('ok');
    const told = connection.received.flatMap(({ method, params }) =>
      method === 'notifications/progress' ? [params as { progress: number; message: string }] : [],
    );
    expect(told.length).toBeGreaterThanOrEqual(6);
    expect(told.length).toBeLessThanOrEqual(4 * seconds + 2);
    expect(told.every(({ progress }, index) => progress > (told[index - 1]?.progress ?? 0))).toBe(true);
    expect(told.every(({ message }) => message.length <= 200)).toBe(true);
    expect(told.at(-1)?.message).toMatch(/^line \d+ z+…$/u);
    // Nothing is told of a call that was answered.
    const last = connection.received.at(-1);
    expect(last).toHaveProperty('result');
  });

  test('does not come without a token', async () => {
    await using connection = await openRawConnection();
    connection.send(execution("print('one', flush=True)"));
    await connection.answerTo(1);
    expect(connection.received.filter(({ method }) => method === 'notifications/progress')).toEqual([]);
  });
});
