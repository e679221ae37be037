import { describe, expect, test } from 'vitest';
import type { RunCopies, RunRecord, RunRequest, SettingsPatch } from '../../src/index.ts';
import { runRoute } from '../../src/index.ts';
import { PageClient } from './support/page-client.ts';
import { startServer } from './support/start-server.ts';

async function copiesOf(request: RunRequest, patch: SettingsPatch): Promise<RunCopies> {
  const { serving } = await startServer();
  const client = await PageClient.of(serving);
  await client.patch(patch);
  const { id } = await client.start(request);
  await client.events(id);
  return (await client.ask<RunRecord>('GET', runRoute(id))).copies;
}

const EXECUTE: RunRequest = { kind: 'execute', language: 'python', code: 'print(1)' };
const GENERATE: RunRequest = { kind: 'generate', language: null, requirement: 'Print one' };
const BASE_URL = 'http://127.0.0.1:9/v1';

test('an address of a model that was chosen in the page is in the command and the module', async () => {
  const copies = await copiesOf(GENERATE, { generator: { provider: 'compatible', baseUrl: BASE_URL } });
  expect(copies.command).toContain(`--base-url ${BASE_URL}`);
  expect(copies.typescript).toContain(`'generator.baseUrl': '${BASE_URL}'`);
});

describe('a call of MCP', () => {
  test('that says everything has no notes', async () => {
    const { mcpNotes } = await copiesOf(
      { ...EXECUTE, fileName: 'main.py', stdin: 'x', arguments: ['y'] },
      { timeoutMs: 9000 },
    );
    expect(mcpNotes).toEqual([]);
  });

  test.each<[string, RunRequest, SettingsPatch, string]>([
    ['standard input', { ...GENERATE, stdin: 'x' }, {}, 'neither standard input nor arguments'],
    ['arguments', { ...GENERATE, arguments: ['x'] }, {}, 'neither standard input nor arguments'],
    ['a file name', { ...EXECUTE, fileName: 'tool.py' }, {}, 'no name'],
    ['an executor', EXECUTE, { executor: 'local' }, '--executor'],
    ['a model', GENERATE, { generator: { model: 'small' } }, '--model'],
    ['the time of a generated program', GENERATE, { timeoutMs: 9000 }, '--timeout'],
    ['a longer time than usual', EXECUTE, { timeoutMs: 300_000 }, '--timeout 300s'],
    ['the network', EXECUTE, { network: 'full' }, '--network full'],
  ])('says what it cannot carry or may be refused for: %s', async (_, request, patch, words) => {
    const { mcpNotes } = await copiesOf(request, patch);
    expect(mcpNotes).toHaveLength(1);
    expect(mcpNotes[0]?.en).toContain(words);
    expect(mcpNotes[0]?.zh).toMatch(/\p{Script=Han}/u);
  });
});
