import type { Readable, Writable } from 'node:stream';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import type { JSONRPCMessage, Progress } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { StreamTransport } from './stream-transport.ts';

export interface TestAnswer {
  readonly content: readonly Readonly<Record<string, unknown>>[];
  readonly structuredContent?: Readonly<Record<string, unknown>> | undefined;
  readonly isError?: boolean | undefined;
}

export interface TestCallOptions {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: Progress) => void;
}

/** What a client's model is asked, as far as tests look at it. */
export interface SampledRequest {
  readonly systemPrompt?: string | undefined;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly maxTokens: number;
}

/** The model of a client: what it answers, or throws. */
export type Sample = (request: SampledRequest, signal: AbortSignal) => Promise<SampledAnswer> | SampledAnswer;

export interface SampledAnswer {
  readonly role: 'assistant';
  readonly model: string;
  readonly content: { readonly type: 'text'; readonly text: string };
  readonly stopReason?: string;
}

/** What tests need of a client, whichever SDK it is of. */
export interface TestClient extends AsyncDisposable {
  call(name: string, given: Record<string, unknown>, options?: TestCallOptions): Promise<TestAnswer>;
  listTools(): Promise<readonly { readonly name: string }[]>;
  listResources(): Promise<readonly { readonly uri: string }[]>;
  readResource(uri: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly instructions: string | undefined;
}

export const TEST_CLIENTS = [
  { sdk: 'v2', revision: '2026-07-28' },
  { sdk: 'v2', revision: '2025-11-25' },
  { sdk: 'v2', revision: '2025-06-18' },
  { sdk: 'v2', revision: '2025-03-26' },
  { sdk: 'v2', revision: '2024-11-05' },
  { sdk: 'v1', revision: '2025-11-25' },
  { sdk: 'v1', revision: '2025-06-18' },
  { sdk: 'v1', revision: '2025-03-26' },
  { sdk: 'v1', revision: '2024-11-05' },
] as const;

export type TestClientKind = (typeof TEST_CLIENTS)[number];

const INFO = { name: 'test', version: '1.0.0' };
const MODERN = '2026-07-28';

/** @param input what the server writes */
export async function connectClient(
  { sdk, revision }: TestClientKind,
  input: Readable,
  output: Writable,
  sample?: Sample,
): Promise<TestClient> {
  return sdk === 'v2'
    ? connectV2(revision, input, output, sample)
    : connectV1(revision, input, output, sample);
}

async function connectV2(
  revision: string,
  input: Readable,
  output: Writable,
  sample: Sample | undefined,
): Promise<TestClient> {
  const client = new ClientV2(INFO, {
    capabilities: sample === undefined ? {} : { sampling: {} },
    ...(revision === MODERN
      ? { versionNegotiation: { mode: { pin: MODERN } } }
      : { supportedProtocolVersions: [revision] }),
  });
  lendModelV2(client, sample);
  await client.connect(new StreamTransport(input, output));
  return {
    call: async (name, given, options) =>
      (await client.callTool({ name, arguments: given }, options)) as TestAnswer,
    listTools: async () => (await client.listTools()).tools,
    listResources: async () => (await client.listResources()).resources,
    readResource: async (uri) => (await client.readResource({ uri })).contents,
    instructions: client.getInstructions(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** Before it connects. */
export function lendModelV2(client: ClientV2, sample: Sample | undefined): void {
  if (sample === undefined) return;
  client.setRequestHandler('sampling/createMessage', async ({ params }, { mcpReq }) => ({
    ...(await sample(params, mcpReq.signal)),
  }));
}

/** Before it connects. */
export function lendModelV1(client: ClientV1, sample: Sample | undefined): void {
  if (sample === undefined) return;
  client.setRequestHandler(CreateMessageRequestSchema, async ({ params }, { signal }) => ({
    ...(await sample(params, signal)),
  }));
}

async function connectV1(
  revision: string,
  input: Readable,
  output: Writable,
  sample: Sample | undefined,
): Promise<TestClient> {
  const client = new ClientV1(INFO, { capabilities: sample === undefined ? {} : { sampling: {} } });
  lendModelV1(client, sample);
  const askFor = (message: JSONRPCMessage): JSONRPCMessage =>
    'method' in message && message.method === 'initialize'
      ? { ...message, params: { ...message.params, protocolVersion: revision } }
      : message;
  await client.connect(new StreamTransport(input, output, askFor));
  return {
    call: async (name, given, options) =>
      (await client.callTool({ name, arguments: given }, undefined, options)) as TestAnswer,
    listTools: async () => (await client.listTools()).tools,
    listResources: async () => (await client.listResources()).resources,
    readResource: async (uri) => (await client.readResource({ uri })).contents,
    instructions: client.getInstructions(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
