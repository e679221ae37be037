const MODERN_REVISION = '2026-07-28';

export interface ModernCall {
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A whole HTTP request that calls a tool in the current revision. */
export function modernCall(
  authorization: string,
  name: string,
  input: Readonly<Record<string, unknown>> = {},
  progressToken?: string,
): ModernCall {
  return {
    method: 'POST',
    headers: {
      Authorization: authorization,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': MODERN_REVISION,
      'Mcp-Method': 'tools/call',
      'Mcp-Name': name,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name,
        arguments: input,
        _meta: {
          'io.modelcontextprotocol/protocolVersion': MODERN_REVISION,
          'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1.0.0' },
          'io.modelcontextprotocol/clientCapabilities': {},
          ...(progressToken !== undefined && { progressToken }),
        },
      },
    }),
  };
}
