import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientOfV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportOfV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const INFO = { name: 'test', version: '1.0.0' };

export interface Connected<C> extends AsyncDisposable {
  readonly client: C;
}

/** The successor's client, in the era that it finds. */
export async function connectV2(
  url: string,
  authorization: string,
  mode: 'auto' | 'legacy' = 'auto',
): Promise<Connected<Client>> {
  const client = new Client(INFO, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { Authorization: authorization } },
  });
  await client.connect(transport);
  return { client, [Symbol.asyncDispose]: () => client.close() };
}

/** The client of the older package, which knows revisions up to 2025-11-25. */
export async function connectV1(
  url: string,
  authorization: string,
): Promise<Connected<ClientOfV1> & { readonly transport: TransportOfV1 }> {
  const client = new ClientOfV1(INFO);
  const transport = new TransportOfV1(new URL(url), {
    requestInit: { headers: { Authorization: authorization } },
  });
  await client.connect(transport);
  return { client, transport, [Symbol.asyncDispose]: () => client.close() };
}
