import { describe, expect, test } from 'vitest';
import { serveHttp } from '../../src/http/serve-http.ts';
import { connectV2 } from '../http/support/connect-clients.ts';
import { modernCall } from '../http/support/modern-call.ts';
import { numberField, textField } from '../support/answer-fields.ts';
import { processesWith, until } from '../support/processes.ts';
import type { TestAnswer } from '../support/test-client.ts';
import { openTestService } from '../support/test-service.ts';
import { textOf } from '../support/text-of.ts';

const TOKENS = ['token-of-ada-0123456789', 'token-of-mallory-0123456789'] as const;
const AUTHENTICATION = { kind: 'token', token: TOKENS } as const;
const MODES = ['auto', 'legacy'] as const;

describe.each(MODES)('two tokens on one server (%s)', (mode) => {
  test('one sees, reads, uses and ends nothing of the other’s', async () => {
    await using opened = await openTestService();
    const serving = await serveHttp({ service: opened.service, authentication: AUTHENTICATION });
    const [adas, mallorys] = TOKENS;
    await using ada = await connectV2(serving.url, `Bearer ${adas}`, mode);
    await using mallory = await connectV2(serving.url, `Bearer ${mallorys}`, mode);
    const call = async (
      { client }: typeof ada,
      name: string,
      given: Record<string, unknown>,
    ): Promise<TestAnswer> => (await client.callTool({ name, arguments: given })) as TestAnswer;

    const code = "print('secret'); open('f.txt', 'w').write('secret')";
    const own = await call(ada, 'execute_code', { code, language: 'python', session_id: 'new' });
    const run = { run_id: textField(own, 'run_id') };
    const session = { session_id: textField(own, 'session_id') };
    expect(run.run_id).toMatch(/^[\da-f]{32}$/u);
    expect(session.session_id).toMatch(/^[\da-f]{32}$/u);

    const foreign = [
      await call(mallory, 'read_output', run),
      await call(mallory, 'read_output', { ...run, artifact: 'f.txt' }),
      await call(mallory, 'manage_sandbox', { action: 'cancel', ...run }),
      await call(mallory, 'manage_sandbox', { action: 'close', ...run }),
      await call(mallory, 'manage_sandbox', { action: 'close', ...session }),
      await call(mallory, 'execute_code', {
        code: 'print(open("f.txt").read())',
        language: 'python',
        ...session,
      }),
    ];
    expect(foreign.map(({ isError }) => isError)).toEqual(foreign.map(() => true));
    expect(foreign.map((answer) => textOf(answer)).join('\n')).not.toContain('secret');
    const list = await call(mallory, 'manage_sandbox', { action: 'list' });
    expect(list.structuredContent).toMatchObject({ runs: [], sessions: [] });
    expect((await mallory.client.listResources()).resources).toEqual([]);
    const uri = `cloche://runs/${run.run_id}/artifacts/f.txt`;
    await expect(mallory.client.readResource({ uri })).rejects.toThrow('not found');

    expect(textOf(await call(ada, 'read_output', run))).toContain('secret');
    const again = await call(ada, 'execute_code', { code: 'cat f.txt', language: 'bash', ...session });
    expect(again.structuredContent).toMatchObject({ status: 'ok', stdout: 'secret' });
    expect(numberField(await call(ada, 'manage_sandbox', { action: 'list' }), 'run_count')).toBe(2);
    await serving.close();
  });

  test('progress goes to whose call it is', async () => {
    await using opened = await openTestService();
    const serving = await serveHttp({ service: opened.service, authentication: AUTHENTICATION });
    const seen = await Promise.all(
      TOKENS.map(async (token) => {
        await using connected = await connectV2(serving.url, `Bearer ${token}`, mode);
        const messages: (string | undefined)[] = [];
        const code =
          'import sys, time\nfor i in range(4):\n  print(sys.argv[1], i, flush=True)\n  time.sleep(0.3)';
        await connected.client.callTool(
          { name: 'execute_code', arguments: { code, language: 'python', args: [token] } },
          { onprogress: ({ message }) => void messages.push(message) },
        );
        return messages.join('\n');
      }),
    );
    await serving.close();
    const whose = seen.map((text) => TOKENS.filter((token) => text.includes(token)));
    expect(whose).toEqual(TOKENS.map((token) => [token]));
  });
});

test('of 1,000 calls at once over HTTP each is answered or refused, and the programs end', async () => {
  await using opened = await openTestService({ config: { queue: { concurrency: 2, length: 8 } } });
  const serving = await serveHttp({ service: opened.service });
  const authorization = `Bearer ${serving.token ?? ''}`;
  const mark = 'one-of-a-thousand';
  const given = { code: 'print(6 * 7)', language: 'python', args: [mark] };
  const responses = await Promise.all(
    Array.from({ length: 1_000 }, () => fetch(serving.url, modernCall(authorization, 'execute_code', given))),
  );
  const texts = await Promise.all(responses.map((response) => response.text()));
  const statuses = responses.map(({ status }) => status);
  expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
  const answered = texts.filter((_, index) => statuses[index] === 200);
  const done = answered.filter((text) => text.includes('42\\n'));
  const queueFull = answered.filter((text) => text.includes('The queue is full'));
  expect(done.length).toBeGreaterThanOrEqual(10);
  expect(done.length + queueFull.length).toBe(answered.length);
  await until(async () => (await processesWith(mark)).length === 0);
  const after = await fetch(serving.url, modernCall(authorization, 'execute_code', given));
  expect(await after.text()).toContain('42\\n');
  await serving.close();
});
