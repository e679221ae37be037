export type Era = '2025-06-18' | '2026-07-28';

export const ERAS: readonly Era[] = ['2025-06-18', '2026-07-28'];
export const NEWEST: Era = '2026-07-28';

const CLIENT = { name: 'bench', version: '1.0.0' };

export interface Request {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What a client of that revision says first. */
export function greeting(era: Era): Request {
  return era === NEWEST
    ? ofEra(era, { method: 'server/discover', params: {} })
    : {
        method: 'initialize',
        params: { protocolVersion: era, capabilities: {}, clientInfo: CLIENT },
      };
}

export function toolCall(era: Era, name: string, input: Readonly<Record<string, unknown>>): Request {
  return ofEra(era, { method: 'tools/call', params: { name, arguments: input } });
}

/** In the newest revision each request says who asks. */
function ofEra(era: Era, { method, params }: Request): Request {
  if (era !== NEWEST) return { method, params };
  const meta = {
    'io.modelcontextprotocol/protocolVersion': era,
    'io.modelcontextprotocol/clientInfo': CLIENT,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return { method, params: { ...params, _meta: meta } };
}
