import { describe, expect, test } from 'vitest';
import { connectV1, connectV2 } from './support/connect-clients.ts';
import { INITIALIZE_PARAMS, legacyHeaders } from './support/legacy-requests.ts';
import { startTestServer } from './support/start-test-server.ts';

const CALL = { name: 'echo', arguments: { text: 'hello' } };
const ANSWER = [{ type: 'text', text: 'hello' }];
const PROGRESS = { name: 'progress', arguments: { label: 'step', steps: 3 } };

describe('clients of both eras on one address', () => {
  test('the v2 client finds revision 2026-07-28 and calls without a session', async () => {
    await using server = await startTestServer();
    await using connected = await connectV2(server.url, server.authorization);
    const { content } = await connected.client.callTool(CALL);
    expect(content).toEqual(ANSWER);
    expect(connected.client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
  });

  test('the v2 client in its 2025-era mode gets a session', async () => {
    await using server = await startTestServer();
    await using connected = await connectV2(server.url, server.authorization, 'legacy');
    const { content } = await connected.client.callTool(CALL);
    expect(content).toEqual(ANSWER);
    expect(connected.client.getNegotiatedProtocolVersion()).toBe('2025-11-25');
  });

  test('the v1 client gets a session, calls, and ends it', async () => {
    await using server = await startTestServer();
    await using connected = await connectV1(server.url, server.authorization);
    const { content } = await connected.client.callTool(CALL);
    expect(content).toEqual(ANSWER);
    expect(connected.transport.sessionId).toMatch(/^[\w-]{43}$/u);
    await connected.transport.terminateSession();
    await expect(connected.client.listTools()).rejects.toThrow('Mcp-Session-Id is missing');
  });

  test.each(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])(
    'a client that asks for revision %s gets it',
    async (protocolVersion) => {
      await using server = await startTestServer();
      const params = { ...INITIALIZE_PARAMS, protocolVersion };
      const response = await fetch(server.url, {
        method: 'POST',
        headers: legacyHeaders(server.authorization),
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }),
      });
      expect(response.headers.get('mcp-session-id')).toMatch(/^[\w-]{43}$/u);
      expect(await response.text()).toContain(`"protocolVersion":"${protocolVersion}"`);
    },
  );

  test('progress arrives while the call runs, in both eras', async () => {
    await using server = await startTestServer();
    await using modern = await connectV2(server.url, server.authorization);
    await using legacy = await connectV1(server.url, server.authorization);
    const seen: (string | undefined)[] = [];
    const onprogress = ({ message }: { message?: string | undefined }): void => void seen.push(message);
    await modern.client.callTool(PROGRESS, { onprogress });
    await legacy.client.callTool(PROGRESS, undefined, { onprogress });
    expect(seen).toEqual(['step 1', 'step 2', 'step 3', 'step 1', 'step 2', 'step 3']);
  });

  test('32 calls at once of each era are all answered, each with its own answer', async () => {
    await using server = await startTestServer();
    await using modern = await connectV2(server.url, server.authorization);
    await using legacy = await connectV1(server.url, server.authorization);
    const texts = Array.from({ length: 32 }, (_, index) => `text ${index}`);
    const answers = await Promise.all(
      [modern, legacy].map(({ client }) =>
        Promise.all(texts.map((text) => client.callTool({ name: 'echo', arguments: { text } }))),
      ),
    );
    const expected = texts.map((text) => ({ content: [{ type: 'text', text }] }));
    expect(answers).toMatchObject([expected, expected]);
  });
});
