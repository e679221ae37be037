import { describe, expect, test } from 'vitest';
import { openConnection } from '../support/open-connection.ts';
import { processesWith, until } from '../support/processes.ts';
import { TEST_CLIENTS } from '../support/test-client.ts';
import { textOf } from '../support/text-of.ts';

const TOOLS = ['execute_code', 'read_output', 'manage_sandbox', 'generate_code'];

describe.each(TEST_CLIENTS)('the client of SDK $sdk at revision $revision', (kind) => {
  test('finds the tools in their order, and instructions that name them', async () => {
    await using connection = await openConnection({ kind });
    const { client } = connection;
    const tools = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS);
    expect(TOOLS.filter((name) => client.instructions?.includes(name) === true)).toEqual(TOOLS);
  });

  test('runs a program, and reads its files as artifacts and resources', async () => {
    await using connection = await openConnection({ kind });
    const { client } = connection;
    const code = "import sys; print('to', sys.argv[1], sys.stdin.read()); open('made.csv', 'w').write('a,b')";
    const answer = await client.call('execute_code', {
      code,
      language: 'python',
      args: ['you'],
      stdin: 'all',
    });
    expect(answer.isError).toBeFalsy();
    expect(answer.structuredContent).toMatchObject({ status: 'ok', exit_code: 0, stdout: 'to you all\n' });
    expect(textOf(answer)).toContain('to you all');
    const links = answer.content.filter(({ type }) => type === 'resource_link');
    expect(links).toHaveLength(kind.revision >= '2025-06-18' ? 1 : 0);
    const uri = `cloche://runs/${String(answer.structuredContent?.['run_id'])}/artifacts/made.csv`;
    expect(await client.readResource(uri)).toMatchObject([{ mimeType: 'text/csv', text: 'a,b' }]);
    expect((await client.listResources()).map((resource) => resource.uri)).toContain(uri);
  });

  test('sees progress while its program runs', async () => {
    await using connection = await openConnection({ kind });
    const code = "import time\nfor i in range(4):\n  print('line', i, flush=True)\n  time.sleep(0.3)";
    const seen: { progress: number; message?: string | undefined }[] = [];
    const onprogress = (progress: (typeof seen)[number]): void => void seen.push(progress);
    await connection.client.call('execute_code', { code, language: 'python' }, { onprogress });
    expect(seen.map(({ message }) => message)).toContain('line 2');
    const values = seen.map(({ progress }) => progress);
    expect(values).toEqual(values.toSorted((one, other) => one - other));
    expect(new Set(values).size).toBe(values.length);
  });

  test('kills its program by cancelling the call', async () => {
    await using connection = await openConnection({ kind });
    const mark = `cancel-${kind.sdk}-${kind.revision}`;
    const abort = new AbortController();
    const call = connection.client.call(
      'execute_code',
      { code: 'import time; time.sleep(60)', language: 'python', args: [mark] },
      { signal: abort.signal },
    );
    const settled = Promise.allSettled([call]);
    await until(async () => (await processesWith(mark)).length > 0);
    abort.abort('cancelled by the test');
    expect(await settled).toMatchObject([{ status: 'rejected' }]);
    await until(async () => (await processesWith(mark)).length === 0, 5_000);
    expect(await processesWith(mark)).toEqual([]);
  });
});
