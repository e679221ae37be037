import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerCharacters } from '../support/answer-characters.ts';
import { numberField, textField } from '../support/answer-fields.ts';
import type { TestConnection } from '../support/open-connection.ts';
import { openConnection } from '../support/open-connection.ts';
import { processesWith, until } from '../support/processes.ts';
import type { TestAnswer } from '../support/test-client.ts';
import { textOf } from '../support/text-of.ts';

let connection: TestConnection;
beforeAll(async () => {
  connection = await openConnection({ bounds: { waits: { answerWithinMs: 1_000 } } });
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
});

const call = (name: string, given: Record<string, unknown>): Promise<TestAnswer> =>
  connection.client.call(name, given);

describe('a run that outlives its call', () => {
  test('answers running with what there is, goes on, and is waited for by read_output', async () => {
    const code = "import time\nprint('first', flush=True)\ntime.sleep(4)\nprint('last')";
    const begun = await call('execute_code', { code, language: 'python' });
    expect(begun.structuredContent).toMatchObject({ status: 'running', exit_code: null });
    expect(textOf(begun)).toContain('read_output');
    const runId = textField(begun, 'run_id');
    // On a busy machine the program has not come so far within the second of the first answer.
    await call('read_output', { run_id: runId, offset: 0, wait_seconds: 10 });
    const now = await call('read_output', { run_id: runId });
    expect(now.structuredContent).toMatchObject({ status: 'running', text: 'first\n', eof: false });
    const offset = numberField(now, 'next_offset');
    const rest = await call('read_output', { run_id: runId, offset, wait_seconds: 10 });
    expect(rest.structuredContent).toMatchObject({
      status: 'ok',
      exit_code: 0,
      text: 'last\n',
      eof: true,
      total_bytes: 11,
    });
  });

  test('is followed: what is new comes at once, and in one piece what comes at once', async () => {
    const code =
      "import time\nprint('first', flush=True)\ntime.sleep(2)\nprint('second', flush=True); print('third', flush=True)\ntime.sleep(20)";
    const begun = await call('execute_code', { code, language: 'python' });
    const runId = textField(begun, 'run_id');
    const startedAtMs = performance.now();
    const more = await call('read_output', { run_id: runId, offset: 6, wait_seconds: 15 });
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
    expect(more.structuredContent).toMatchObject({ status: 'running', text: 'second\nthird\n', eof: false });
    const known = await call('read_output', { run_id: runId, offset: 0, wait_seconds: 15 });
    expect(known.structuredContent).toMatchObject({ text: 'first\nsecond\nthird\n' });
    const other = await call('read_output', { run_id: runId, stream: 'stderr', offset: 0, wait_seconds: 1 });
    expect(other.structuredContent).toMatchObject({ status: 'running', text: '' });
    expect(performance.now() - startedAtMs).toBeLessThan(9_000);
    await call('manage_sandbox', { action: 'close', run_id: runId });
  });

  test('is told to be running, and cancelled by its run_id', async () => {
    const mark = 'cancel-by-run-id';
    const code = 'import time; time.sleep(60)';
    const begun = await call('execute_code', { code, language: 'python', args: [mark] });
    const runId = textField(begun, 'run_id');
    expect(await processesWith(mark)).not.toEqual([]);
    expect(textOf(await call('manage_sandbox', { action: 'list' }))).toContain(runId);
    const cancelled = await call('manage_sandbox', { action: 'cancel', run_id: runId });
    expect(cancelled.structuredContent).toMatchObject({ cancelled: runId, status: 'cancelled' });
    await until(async () => (await processesWith(mark)).length === 0, 5_000);
    const again = await call('manage_sandbox', { action: 'cancel', run_id: runId });
    expect(again.structuredContent).toMatchObject({ status: 'cancelled' });
    await call('manage_sandbox', { action: 'close', run_id: runId });
    expect(textOf(await call('read_output', { run_id: runId }))).toContain('There is no run');
  });

  test('outlives a call that is cancelled after it was answered', async () => {
    const abort = new AbortController();
    const code = "import time; time.sleep(2); print('done')";
    const begun = await connection.client.call(
      'execute_code',
      { code, language: 'python' },
      { signal: abort.signal },
    );
    abort.abort();
    const rest = await call('read_output', { run_id: textField(begun, 'run_id'), wait_seconds: 10 });
    expect(rest.structuredContent).toMatchObject({ status: 'ok', text: 'done\n' });
  });
});

describe('reading', () => {
  test('5 MB come back in pages, and nothing is lost', async () => {
    const code = "import sys\nsys.stdout.write(''.join(f'{i:07d}é\\n' for i in range(500000)))";
    const begun = await call('execute_code', { code, language: 'python' });
    const runId = textField(begun, 'run_id');
    const whole = await call('read_output', { run_id: runId, wait_seconds: 20 });
    expect(numberField(whole, 'total_bytes')).toBe(5_000_000);
    let offset = 4_900_001;
    let text = '';
    for (let pages = 0; pages < 20; pages += 1) {
      const page = await call('read_output', { run_id: runId, offset, limit: 8_000 });
      text += textField(page, 'text');
      offset = numberField(page, 'next_offset');
      if (page.structuredContent?.['eof'] === true) break;
    }
    expect(offset).toBe(5_000_000);
    expect(text.endsWith('0499999é\n')).toBe(true);
    expect(Buffer.byteLength(text)).toBe(99_999);
    const resource = await connection.client.readResource(`cloche://runs/${runId}/stdout`);
    expect(resource).toMatchObject([{ mimeType: 'text/plain' }]);
    const inside = await call('read_output', { run_id: runId, offset: 8, limit: 11 });
    expect(inside.structuredContent).toMatchObject({ offset: 9, text: '\n0000001é' });
  });

  test('artifacts by path: text in pages, bytes as a resource, and a hint for one that is not there', async () => {
    const code = "open('t.txt', 'w').write('é' * 20000); open('b.bin', 'wb').write(bytes(range(256)))";
    const begun = await call('execute_code', { code, language: 'python' });
    const runId = textField(begun, 'run_id');
    const page = await call('read_output', { run_id: runId, artifact: 't.txt', offset: 39_990 });
    expect(page.structuredContent).toMatchObject({ text: 'é'.repeat(5), eof: true, total_bytes: 40_000 });
    const bytes = await call('read_output', { run_id: runId, artifact: 'b.bin' });
    expect(bytes.content[1]).toMatchObject({
      type: 'resource',
      resource: { blob: Buffer.from(Array.from({ length: 256 }, (_, index) => index)).toString('base64') },
    });
    const missing = await call('read_output', { run_id: runId, artifact: '../t.txt' });
    expect(missing.isError).toBe(true);
    expect(textOf(missing)).toContain('no artifact');
  });

  test('a large artifact comes whole: in pages of base64, and as a resource in pieces', async () => {
    const code = "open('large.bin', 'wb').write(bytes(i * 7 % 256 for i in range(9_000_000)))";
    const expected = Buffer.from(Uint8Array.from({ length: 9_000_000 }, (_, index) => (index * 7) % 256));
    const begun = await call('execute_code', { code, language: 'python' });
    const runId = textField(begun, 'run_id');
    const whole = await call('read_output', { run_id: runId, artifact: 'large.bin', wait_seconds: 20 });
    expect(textOf(whole)).toContain('offset 0');

    let offset = 8_990_000;
    let digits = '';
    for (let pages = 0; pages < 5; pages += 1) {
      const page = await call('read_output', { run_id: runId, artifact: 'large.bin', offset });
      expect(answerCharacters(page)).toBeLessThanOrEqual(10_000);
      expect(textOf(page)).toContain(textField(page, 'base64'));
      digits += textField(page, 'base64');
      offset = numberField(page, 'next_offset');
      if (page.structuredContent?.['eof'] === true) break;
    }
    expect(Buffer.from(digits, 'base64').equals(expected.subarray(8_990_000))).toBe(true);

    const pieces: Buffer[] = [];
    let uri: unknown = `cloche://runs/${runId}/artifacts/large.bin`;
    while (typeof uri === 'string') {
      const [piece] = await connection.client.readResource(uri);
      pieces.push(Buffer.from(String(piece?.['blob']), 'base64'));
      uri = (piece?.['_meta'] as Record<string, unknown> | undefined)?.['cloche/next'];
    }
    expect(pieces).toHaveLength(2);
    expect(Buffer.concat(pieces).equals(expected)).toBe(true);
  });

  test('a stream beyond one message goes on as a resource too, with no character split', async () => {
    const code = "import sys\nsys.stdout.write('é' * 2_500_000)";
    const begun = await call('execute_code', { code, language: 'python' });
    const runId = textField(begun, 'run_id');
    await call('read_output', { run_id: runId, wait_seconds: 20 });
    let text = '';
    let uri: unknown = `cloche://runs/${runId}/stdout`;
    while (typeof uri === 'string') {
      const [piece] = await connection.client.readResource(uri);
      text += String(piece?.['text']);
      uri = (piece?.['_meta'] as Record<string, unknown> | undefined)?.['cloche/next'];
    }
    expect(text === 'é'.repeat(2_500_000)).toBe(true);
  });

  test('the status names executors, languages and limits', async () => {
    const status = await call('manage_sandbox', { action: 'status' });
    const { executors } = status.structuredContent as { executors: Record<string, unknown>[] };
    expect(executors.find(({ name }) => name === 'local')).toMatchObject({
      available: true,
      languages: { python: expect.any(String) as string },
      limits: { wall: 'enforced' },
    });
    expect(textOf(status).length).toBeLessThanOrEqual(10_000);
  });
});
