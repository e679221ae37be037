import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import type { McpService } from '../../src/index.ts';
import { createServer } from '../../src/index.ts';
import type { TestAnswer } from './test-client.ts';

export type CallTool = (
  name: string,
  given: Record<string, unknown>,
  signal?: AbortSignal,
) => Promise<TestAnswer>;

/** A client of this principal, connected in this process, without a transport of ours. */
export async function callerOf(service: McpService, principal: string): Promise<CallTool> {
  const [mine, theirs] = InMemoryTransport.createLinkedPair();
  await createServer(service, { principal }).connect(theirs);
  const client = new Client({ name: principal, version: '1' });
  await client.connect(mine);
  return async (name, given, signal) =>
    (await client.callTool({ name, arguments: given }, { ...(signal && { signal }) })) as TestAnswer;
}
