import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { Client } from '@modelcontextprotocol/client';
import { describe, expect, test } from 'vitest';
import { createServer } from '../../src/index.ts';
import type { McpService } from '../../src/index.ts';
import { numberField, textField } from '../support/answer-fields.ts';
import { until } from '../support/processes.ts';
import type { TestAnswer } from '../support/test-client.ts';
import { openTestService } from '../support/test-service.ts';
import { textOf } from '../support/text-of.ts';

async function clientOf(service: McpService, principal: string): Promise<Client> {
  const [mine, theirs] = InMemoryTransport.createLinkedPair();
  await createServer(service, { principal }).connect(theirs);
  const client = new Client({ name: principal, version: '1' });
  await client.connect(mine);
  return client;
}

async function call(client: Client, name: string, given: Record<string, unknown>): Promise<TestAnswer> {
  return (await client.callTool({ name, arguments: given })) as TestAnswer;
}

describe('two callers on one service', () => {
  test('one knows nothing of what the other runs, and is told the same as of a run that never was', async () => {
    await using opened = await openTestService();
    const ada = await clientOf(opened.service, 'ada');
    const bob = await clientOf(opened.service, 'bob');
    const secret = await call(ada, 'execute_code', {
      code: "print('secret'); open('f.txt', 'w').write('x')",
      language: 'python',
    });
    const runId = textField(secret, 'run_id');
    const never = await call(bob, 'read_output', { run_id: '0'.repeat(32) });
    for (const [name, given] of [
      ['read_output', {}],
      ['manage_sandbox', { action: 'cancel' }],
      ['manage_sandbox', { action: 'close' }],
    ] as const) {
      const answer = await call(bob, name, { ...given, run_id: runId });
      expect(answer.isError).toBe(true);
      expect(textOf(answer)).toBe(textOf(never));
    }
    expect(numberField(await call(bob, 'manage_sandbox', { action: 'list' }), 'run_count')).toBe(0);
    expect((await bob.listResources()).resources).toEqual([]);
    await expect(bob.readResource({ uri: `cloche://runs/${runId}/stdout` })).rejects.toThrow('not found');
    expect(await call(ada, 'read_output', { run_id: runId })).toMatchObject({
      structuredContent: { text: 'secret\n' },
    });
  });

  test('the flood of one does not push out what the other keeps', async () => {
    await using opened = await openTestService({ bounds: { runs: { runCount: 2, totalBytes: 300_000 } } });
    const ada = await clientOf(opened.service, 'ada');
    const bob = await clientOf(opened.service, 'bob');
    const python = (code: string): Record<string, unknown> => ({ code, language: 'python' });
    const kept = textField(await call(ada, 'execute_code', python("print('kept')")), 'run_id');
    const first = textField(await call(bob, 'execute_code', python("print('x' * 200000)")), 'run_id');
    await call(bob, 'execute_code', python("print('x' * 200000)"));
    await call(bob, 'execute_code', python('print(1)'));
    const gone = await call(bob, 'read_output', { run_id: first });
    expect(textOf(gone)).toContain('There is no run');
    expect(await call(ada, 'read_output', { run_id: kept })).toMatchObject({
      structuredContent: { text: 'kept\n' },
    });
  });

  test('a run beyond its bound keeps its beginning, shows its end, and counts the rest', async () => {
    await using opened = await openTestService({ bounds: { runs: { outputBytes: 100_000 } } });
    const ada = await clientOf(opened.service, 'ada');
    const code = "for i in range(100000): print(f'{i:06d}')";
    const answer = await call(ada, 'execute_code', { code, language: 'python' });
    expect(answer.structuredContent).toMatchObject({ status: 'ok', stdout_bytes: 700_000 });
    expect(textField(answer, 'stdout')).toContain('000000\n');
    expect(textField(answer, 'stdout')).toContain('099999\n');
    expect(textField(answer, 'stdout')).toContain('only the first 100000 bytes are kept');
    const page = await call(ada, 'read_output', { run_id: textField(answer, 'run_id'), offset: 99_990 });
    expect(page.structuredContent).toMatchObject({ eof: true, kept_bytes: 100_000, total_bytes: 700_000 });
  });

  test('a run is forgotten after its time, counted from its end, with all that is kept of it', async () => {
    await using opened = await openTestService({ bounds: { runs: { keptMs: 500 } } });
    const ada = await clientOf(opened.service, 'ada');
    const code = "import time; time.sleep(1); print('x' * 200_000); open('f.txt', 'w').write('x' * 200_000)";
    const runId = textField(await call(ada, 'execute_code', { code, language: 'python' }), 'run_id');
    const spools = path.join(opened.directory, 'state', 'mcp-server');
    const storedFiles = async (): Promise<readonly string[]> =>
      (await readdir(spools, { recursive: true })).filter((name) => name.includes(path.sep));
    expect(await storedFiles()).toHaveLength(2);
    expect((await call(ada, 'read_output', { run_id: runId })).isError).toBeFalsy();
    await until(async () => (await ada.listResources()).resources.length === 0);
    expect(textOf(await call(ada, 'read_output', { run_id: runId }))).toContain('There is no run');
    await until(async () => (await storedFiles()).length === 0);
  });
});
