import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ToolAnswer {
  readonly isError?: boolean;
  readonly structuredContent?: Readonly<Record<string, unknown>>;
}

/** A client on the wire, so that nothing stands between the test and what the command says. */
export interface McpClient {
  call(name: string, given: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
  /** Begins a call that is not to be answered. @returns cancels it, as clients of the era do */
  begin(name: string, given: Readonly<Record<string, unknown>>): () => Promise<void>;
}

export const ERAS = ['2026-07-28', '2025-06-18'] as const;
export type Era = (typeof ERAS)[number];

const INFO = { name: 'test', version: '1.0.0' };

/** What says of each request of revision 2026-07-28 what one handshake says before. */
function metaOf(era: Era): Readonly<Record<string, unknown>> {
  if (era !== '2026-07-28') return {};
  return {
    _meta: {
      'io.modelcontextprotocol/protocolVersion': era,
      'io.modelcontextprotocol/clientInfo': INFO,
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  };
}

function toolCall(era: Era, id: number, name: string, given: Readonly<Record<string, unknown>>): unknown {
  return {
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name, arguments: given, ...metaOf(era) },
  };
}

function cancellation(id: number): unknown {
  return { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } };
}

function initialization(era: Era): unknown {
  const params = { protocolVersion: era, capabilities: {}, clientInfo: INFO };
  return { jsonrpc: '2.0', id: 0, method: 'initialize', params };
}

const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };

/** @throws where standard output carries anything but the protocol */
export async function connectStdio(child: ChildProcessWithoutNullStreams, era: Era): Promise<McpClient> {
  const answers = new Map<number, PromiseWithResolvers<ToolAnswer>>();
  const answerTo = (id: number): PromiseWithResolvers<ToolAnswer> => {
    const known = answers.get(id) ?? Promise.withResolvers<ToolAnswer>();
    answers.set(id, known);
    return known;
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result, error } = JSON.parse(line) as { id: number; result?: ToolAnswer; error?: unknown };
    if (result !== undefined) answerTo(id).resolve(result);
    else answerTo(id).reject(new Error(JSON.stringify(error)));
  });
  child.stdin.on('error', () => undefined);
  const send = (message: unknown): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  let id = 0;
  if (era !== '2026-07-28') {
    send(initialization(era));
    await answerTo(0).promise;
    send(INITIALIZED);
  }
  return {
    call: (name, given) => {
      id += 1;
      send(toolCall(era, id, name, given));
      return answerTo(id).promise;
    },
    begin: (name, given) => {
      id += 1;
      const begun = id;
      send(toolCall(era, begun, name, given));
      return () => {
        send(cancellation(begun));
        return Promise.resolve();
      };
    },
  };
}

/** The address that a server over HTTP says on standard error. */
export async function addressOf(child: ChildProcessWithoutNullStreams): Promise<string> {
  let said = '';
  for (;;) {
    const [url] = /http:\/\/\S+/u.exec(said) ?? [];
    if (url !== undefined) return url;
    const [chunk] = (await once(child.stderr, 'data')) as [Buffer];
    said += chunk.toString();
  }
}

export async function connectHttp(url: string, token: string, era: Era): Promise<McpClient> {
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': era,
  };
  let session: Readonly<Record<string, string>> = {};
  const post = (
    message: unknown,
    more: Readonly<Record<string, string>> = {},
    signal: AbortSignal | null = null,
  ): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { ...headers, ...session, ...more },
      body: JSON.stringify(message),
      signal,
    });
  if (era !== '2026-07-28') {
    const response = await post(initialization(era));
    await response.text();
    session = { 'Mcp-Session-Id': response.headers.get('mcp-session-id') ?? '' };
    await post(INITIALIZED);
  }
  const ofMethod = (name: string): Readonly<Record<string, string>> =>
    era === '2026-07-28' ? { 'Mcp-Method': 'tools/call', 'Mcp-Name': name } : {};
  let id = 0;
  return {
    call: async (name, given) => {
      id += 1;
      const text = await (await post(toolCall(era, id, name, given), ofMethod(name))).text();
      // One message, as it is or as the only event of a stream.
      const data = /^data: (?<json>.+)$/mu.exec(text)?.groups?.['json'] ?? text;
      return (JSON.parse(data) as { readonly result: ToolAnswer }).result;
    },
    begin: (name, given) => {
      id += 1;
      const begun = id;
      const abort = new AbortController();
      post(toolCall(era, begun, name, given), ofMethod(name), abort.signal)
        .then((response) => response.text())
        .catch(() => undefined);
      return async () => {
        // Revision 2026-07-28 has no other word for it over HTTP than to leave.
        if (era === '2026-07-28') abort.abort();
        else await post(cancellation(begun));
      };
    },
  };
}
