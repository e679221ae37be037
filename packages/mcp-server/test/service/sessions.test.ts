import { describe, expect, test } from 'vitest';
import { textField } from '../support/answer-fields.ts';
import { callerOf } from '../support/caller-of.ts';
import { openTestService } from '../support/test-service.ts';
import { textOf } from '../support/text-of.ts';

const bash = (code: string, sessionId?: string): Record<string, unknown> => ({
  code,
  language: 'bash',
  ...(sessionId !== undefined && { session_id: sessionId }),
});

describe('a session', () => {
  test('keeps files from one run to the next, in any language, and lets go of what was removed', async () => {
    await using opened = await openTestService();
    const call = await callerOf(opened.service, 'ada');
    const first = await call('execute_code', {
      ...bash('echo made > made.txt; echo 1 > gone', 'new'),
      files: [{ path: 'given.py', content: 'WORD = "given"' }],
    });
    const session = textField(first, 'session_id');
    expect(session).toMatch(/^[\da-f]{32}$/u);
    expect(textOf(first)).toContain(session);
    const second = await call('execute_code', {
      code: 'import os, given; print(given.WORD, open("made.txt").read().strip()); os.remove("gone")',
      language: 'python',
      session_id: session,
    });
    expect(second.structuredContent).toMatchObject({ stdout: 'given made\n', session_id: session });
    const third = await call('execute_code', bash('find . -type f | grep -v pycache | sort', session));
    expect(third.structuredContent).toMatchObject({ stdout: './given.py\n./made.txt\n./main.sh\n' });
  });

  test('is not closed beside a run: one of them is meant, and nobody knows which', async () => {
    await using opened = await openTestService();
    const call = await callerOf(opened.service, 'ada');
    const run = await call('execute_code', bash('echo x > kept.txt', 'new'));
    const ids = { run_id: textField(run, 'run_id'), session_id: textField(run, 'session_id') };
    const refused = await call('manage_sandbox', { action: 'close', ...ids });
    expect([refused.isError, textOf(refused)]).toEqual([true, expect.stringContaining('not both')]);
    const listed = await call('manage_sandbox', { action: 'list' });
    expect(listed.structuredContent).toMatchObject({
      runs: [{ run_id: ids.run_id }],
      sessions: [{ session_id: ids.session_id }],
    });
  });

  test('nothing of it is there without its id, nor for another caller, who is told as of one that never was', async () => {
    await using opened = await openTestService();
    const ada = await callerOf(opened.service, 'ada');
    const bob = await callerOf(opened.service, 'bob');
    const session = textField(await ada('execute_code', bash('echo x > secret', 'new')), 'session_id');
    const without = await ada('execute_code', bash('ls'));
    expect(without.structuredContent).toMatchObject({ stdout: 'main.sh\n' });
    expect(without.structuredContent).not.toHaveProperty('session_id');
    const never = await bob('execute_code', bash('ls', '0'.repeat(32)));
    expect(never.isError).toBe(true);
    for (const answer of [
      await bob('execute_code', bash('ls', session)),
      await bob('manage_sandbox', { action: 'close', session_id: session }),
    ])
      expect([answer.isError, textOf(answer)]).toEqual([true, textOf(never)]);
    expect((await bob('manage_sandbox', { action: 'list' })).structuredContent).toMatchObject({
      sessions: [],
    });
  });

  test('is listed, and closed with what runs in it', async () => {
    await using opened = await openTestService({ bounds: { waits: { answerWithinMs: 300 } } });
    const call = await callerOf(opened.service, 'ada');
    const running = await call('execute_code', bash('echo begun; sleep 60', 'new'));
    expect(running.structuredContent).toMatchObject({ status: 'running' });
    const session = textField(running, 'session_id');
    expect((await call('manage_sandbox', { action: 'list' })).structuredContent).toMatchObject({
      sessions: [{ session_id: session, runs: 1, idle_seconds: 0 }],
    });
    await call('manage_sandbox', { action: 'close', session_id: session });
    const ended = await call('read_output', { run_id: textField(running, 'run_id') });
    expect(ended.structuredContent).toMatchObject({ status: 'cancelled' });
    const after = await call('execute_code', bash('ls', session));
    expect([after.isError, textOf(after)]).toEqual([true, expect.stringContaining('session_id "new"')]);
  });

  test('ends by itself after its time, counted from the end of its last run', async () => {
    await using opened = await openTestService({ bounds: { sessions: { idleMs: 700 } } });
    const call = await callerOf(opened.service, 'ada');
    const session = textField(await call('execute_code', bash('echo x > file', 'new')), 'session_id');
    const second = await call('execute_code', bash('sleep 1; cat file', session));
    expect(second.structuredContent).toMatchObject({ stdout: 'x\n' });
    await expect
      .poll(async () => (await call('manage_sandbox', { action: 'list' })).structuredContent, {
        timeout: 5000,
      })
      .toMatchObject({ sessions: [] });
  });

  test('is refused with a way out where there are as many as may be, and for whoever has no room', async () => {
    await using opened = await openTestService({ bounds: { sessions: { perPrincipal: 2, total: 3 } } });
    const ada = await callerOf(opened.service, 'ada');
    const bob = await callerOf(opened.service, 'bob');
    for (const call of [ada, ada, bob]) await call('execute_code', bash('true', 'new'));
    const own = await ada('execute_code', bash('true', 'new'));
    expect([own.isError, textOf(own)]).toEqual([true, expect.stringContaining('close')]);
    const others = await bob('execute_code', bash('true', 'new'));
    expect([others.isError, textOf(others)]).toEqual([true, expect.stringContaining('without session_id')]);
  });

  test('that nobody was told of is gone: its first run was refused, or its call given up', async () => {
    await using opened = await openTestService({ bounds: { sessions: { perPrincipal: 1 } } });
    const call = await callerOf(opened.service, 'ada');
    const refused = await call('execute_code', {
      ...bash('true', 'new'),
      files: [{ path: '../out', content: '' }],
    });
    expect(refused.isError).toBe(true);
    const abort = new AbortController();
    const given = call('execute_code', bash('sleep 60', 'new'), abort.signal);
    setTimeout(() => abort.abort(), 200);
    await expect(given).rejects.toThrow(/abort/iu);
    await expect
      .poll(async () => (await call('manage_sandbox', { action: 'list' })).structuredContent, {
        timeout: 5000,
      })
      .toMatchObject({ sessions: [] });
  });

  test('ends with the service', async () => {
    const opened = await openTestService();
    const call = await callerOf(opened.service, 'ada');
    await call('execute_code', bash('echo x > file', 'new'));
    await opened[Symbol.asyncDispose]();
    expect(() => opened.runner.openSession()).toThrow('disposed');
  });
});
