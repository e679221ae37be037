import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStdioServer } from '../support/start-stdio-server.ts';
import type { PackedServer } from './support/packed-server.ts';
import { packServer } from './support/packed-server.ts';
import { startServer } from './support/server-process.ts';

const INFO = { name: 'test', version: '1.0.0' };
/** What clients of both eras say, and what none should. */
const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': INFO,
  'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} }, extensions: { a: {} } },
};
const CONVERSATIONS: readonly (readonly [string, readonly Readonly<Record<string, unknown>>[]])[] = [
  [
    '2025-11-25',
    [
      { method: 'initialize', params: { protocolVersion: 7 } },
      {
        method: 'initialize',
        params: { protocolVersion: '2025-11-25', capabilities: { roots: 1 }, clientInfo: INFO },
      },
      { method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: INFO } },
      { method: 'ping' },
      { method: 'tools/list' },
      { method: 'tools/list', params: { cursor: 1 } },
      { method: 'tools/call', params: { name: 1 } },
      { method: 'tools/call', params: { name: 'manage_sandbox', arguments: [] } },
      { method: 'tools/call', params: { name: 'manage_sandbox', arguments: { action: 'list', more: 1 } } },
      {
        method: 'tools/call',
        params: { name: 'manage_sandbox', arguments: { action: 'list' }, task: { ttl: 'x' } },
      },
      { method: 'resources/templates/list' },
      { method: 'resources/read', params: {} },
      { method: 'resources/read', params: { uri: 'cloche://runs/none/stdout' } },
      { method: 'prompts/list' },
      { method: 'completion/complete', params: { ref: { type: 'ref/prompt' } } },
      { method: 'logging/setLevel', params: { level: 'loud' } },
      { method: 'server/discover' },
    ],
  ],
  [
    '2026-07-28',
    [
      { method: 'server/discover', params: { _meta: MODERN_META } },
      {
        method: 'server/discover',
        params: { _meta: { ...MODERN_META, 'io.modelcontextprotocol/clientInfo': 1 } },
      },
      { method: 'tools/list', params: { _meta: MODERN_META } },
      {
        method: 'tools/call',
        params: { _meta: MODERN_META, name: 'manage_sandbox', arguments: { action: 'list' } },
      },
      { method: 'tools/call', params: { _meta: MODERN_META, name: 'manage_sandbox', inputResponses: 1 } },
      {
        method: 'tools/call',
        params: { _meta: MODERN_META, name: 'execute_code', arguments: { files: [{}] } },
      },
      { method: 'resources/list', params: { _meta: MODERN_META, cursor: {} } },
      { method: 'subscriptions/listen', params: { _meta: MODERN_META } },
      { method: 'ping', params: { _meta: MODERN_META } },
    ],
  ],
];

/** Each is said when the one before it was answered. */
async function converse(
  child: ChildProcess,
  messages: readonly Readonly<Record<string, unknown>>[],
): Promise<unknown[]> {
  const answers: unknown[] = [];
  const lines = createInterface({ input: child.stdout as Readable })[Symbol.asyncIterator]();
  for (const [id, message] of messages.entries()) {
    child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...message })}\n`);
    answers.push(JSON.parse((await lines.next()).value as string));
  }
  return answers;
}

let server: PackedServer;

beforeAll(() => {
  server = packServer();
}, 120_000);

afterAll(() => server[Symbol.dispose]());

// The bundle makes the SDK's schemas in another way than the SDK does.
describe('the package', () => {
  test.each(CONVERSATIONS)('answers as its sources do, word for word (%s)', async (_, messages) => {
    await using sources = await startStdioServer();
    const { child } = startServer(server, []);
    const [packed, expected] = await Promise.all([
      converse(child, messages),
      converse(sources.child, messages),
    ]);
    expect(packed).toEqual(expected);
    child.stdin.end();
  });
});
