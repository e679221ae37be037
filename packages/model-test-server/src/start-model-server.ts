import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { chatCompletions } from './formats/chat-completions.ts';
import { findFormat } from './formats/find-format.ts';
import type { WireFormat } from './formats/wire-format.ts';
import { Exchange } from './http/exchange.ts';
import { sendReply } from './http/send-reply.ts';
import { findList } from './find-list.ts';
import type { FixedReply, ModelReply } from './model-reply.ts';
import type { ModelServer, ModelServerOptions } from './model-server.ts';
import type { RecordedPrompt, RecordedRequest } from './recorded-request.ts';

const KEEP_ALIVE_MS = 120_000;
const SCRIPT_IS_OVER: FixedReply = {
  status: 500,
  body: { error: { message: 'the test’s script has no reply left', type: 'server_error', code: null } },
};

type Entry = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** Starts a server on a free port of loopback. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const models = options.models ?? ['test-model'];
  const requests: Entry[] = [];
  const replies: ModelReply[] = [];
  const listReplies: ModelReply[] = [];
  let fallback: ModelReply | null = null;
  const exchanges = new Set<Promise<void>>();

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new Exchange(message, response);
    const entry = await record(message);
    requests.push(entry);
    response.once('close', () => {
      entry.isAborted = !response.writableFinished && message.socket.destroyed;
    });
    const format = entry.format === null ? null : findFormat(entry.path);
    const list = findList(entry.method, entry.path, message.headers, models);
    const owner = format ?? list?.format ?? null;
    const sent: number[] = [];
    entry.sentAtMs = sent;
    const target = {
      exchange,
      format: owner ?? chatCompletions,
      model: entry.prompt?.model ?? '',
      streams: entry.prompt?.streams ?? false,
      onPiece: () => sent.push(performance.now()),
    };
    if (owner === null) return exchange.sendWhole(404, 'text/plain; charset=utf-8', '404 page not found');
    if (options.apiKey !== undefined && owner.readKey(message.headers, entry.path) !== options.apiKey) {
      return sendReply({ failure: 'bad key' }, target);
    }
    if (list !== null) {
      const reply = listReplies.shift();
      if (reply === undefined) return exchange.sendJson(200, list.body);
      return sendReply(await settle(reply, entry), target);
    }
    return sendReply(await settle(replies.shift() ?? fallback ?? SCRIPT_IS_OVER, entry), target);
  }

  const server = createServer((message, response) => {
    const exchange = answer(message, response)
      .catch((error: unknown) => {
        process.emitWarning(error instanceof Error ? error : String(error));
        response.destroy();
      })
      .finally(() => exchanges.delete(exchange));
    exchanges.add(exchange);
  });
  // Longer than any test pauses: no request meets a connection that is just being closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const url = await listen(server);
  return {
    url,
    baseUrls: {
      compatible: `${url}/v1`,
      openai: `${url}/v1`,
      anthropic: `${url}/v1`,
      google: `${url}/v1beta`,
    },
    get requests() {
      return requests;
    },
    get calls() {
      return requests.filter(({ format }) => format !== null);
    },
    script: (more) => void replies.push(...more),
    setFallback: (reply) => {
      fallback = reply;
    },
    scriptLists: (more) => void listReplies.push(...more),
    get repliesLeft() {
      return replies.length;
    },
    forgetRequests: () => {
      requests.length = 0;
    },
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all(exchanges);
      await closed;
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function record(message: IncomingMessage): Promise<Entry> {
  const body = await text(message);
  const { method = '', url: path = '' } = message;
  const parsed = parse(body);
  const format = method === 'POST' ? findFormat(path) : null;
  return {
    method,
    path,
    headers: message.headers,
    text: body,
    body: parsed,
    format: format?.name ?? null,
    prompt: format === null ? null : readPrompt(format, parsed, path),
    receivedAtMs: performance.now(),
    sentAtMs: [],
    isAborted: false,
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

function readPrompt(format: WireFormat, body: unknown, path: string): RecordedPrompt | null {
  return body === null ? null : format.readPrompt(body, path);
}

async function settle(reply: ModelReply, request: RecordedRequest): Promise<FixedReply> {
  return typeof reply === 'function' ? reply(request) : reply;
}
