const LEGACY_REVISION = '2025-11-25';

export interface LegacyRequests {
  /** Posts one message, or a batch, on the session. */
  post(message: unknown, signal?: AbortSignal): Promise<Response>;
  readonly sessionId: string;
}

/** The requests of a 2025-era client, as they are on the wire. */
export async function initializeLegacy(url: string, authorization: string): Promise<LegacyRequests> {
  const headers = legacyHeaders(authorization);
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(INITIALIZE) });
  await response.text();
  const sessionId = response.headers.get('mcp-session-id');
  if (sessionId === null) throw new Error(`No session, but ${response.status}.`);
  return {
    sessionId,
    post: (message, signal) =>
      fetch(url, {
        method: 'POST',
        headers: legacyHeaders(authorization, sessionId),
        body: JSON.stringify(message),
        ...(signal && { signal }),
      }),
  };
}

export const INITIALIZE_PARAMS: Readonly<Record<string, unknown>> = {
  protocolVersion: LEGACY_REVISION,
  capabilities: {},
  clientInfo: { name: 'test', version: '1.0.0' },
};

export const INITIALIZE: Readonly<Record<string, unknown>> = {
  jsonrpc: '2.0',
  id: 'initialize',
  method: 'initialize',
  params: INITIALIZE_PARAMS,
};

export function legacyHeaders(authorization: string, sessionId?: string): Record<string, string> {
  return {
    Authorization: authorization,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': LEGACY_REVISION,
    ...(sessionId !== undefined && { 'Mcp-Session-Id': sessionId }),
  };
}

export function legacyCall(id: number | string, name: string, input: Record<string, unknown> = {}): unknown {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: input } };
}
