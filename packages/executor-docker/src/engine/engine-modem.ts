import http from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { EngineResponseError, NotAnEngineError } from './engine-failure.ts';
import type { EngineAgent } from './engine-agent.ts';

/** What dockerode asks of its modem, as far as it is used here. */
export interface DialRequest {
  /** Ends with `?` where `options` belong into the query. */
  readonly path: string;
  readonly method: string;
  readonly options?: DialOptions | undefined;
  /** A body in tar form. */
  readonly file?: Uint8Array | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  readonly isStream?: boolean | undefined;
  readonly hijack?: boolean | undefined;
}

interface DialOptions {
  readonly [name: string]: unknown;
  readonly _query?: Readonly<Record<string, unknown>>;
  readonly _body?: unknown;
  readonly abortSignal?: AbortSignal;
}

/** No answer that is read whole is as long as this. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;

/**
 * The transport below dockerode, in place of docker-modem. That one reads this process's own `DOCKER_HOST`, follows
 * redirects to anywhere with nobody listening for their errors, sends a body with an attach that Podman takes for
 * input, puts a container's whole definition into the URL, and waits forever for an answer that was cut.
 */
export class EngineModem {
  readonly Promise: PromiseConstructor = Promise;
  readonly #agent: EngineAgent;
  readonly #hostHeader: string;
  readonly #pathPrefix: string;

  constructor(agent: EngineAgent, hostHeader: string, pathPrefix: string) {
    this.#agent = agent;
    this.#hostHeader = hostHeader;
    this.#pathPrefix = pathPrefix;
  }

  dial(request: DialRequest, callback: (error: unknown, result: unknown) => void): void {
    void this.#answer(request, callback);
  }

  async #answer(request: DialRequest, callback: (error: unknown, result: unknown) => void): Promise<void> {
    let result: unknown;
    try {
      result = await this.#send(request);
    } catch (error) {
      callback(error, null);
      return;
    }
    callback(null, result);
  }

  async #send(request: DialRequest): Promise<unknown> {
    const answer = await this.#exchange(request);
    if (!('statusCode' in answer)) return answer;
    const statusCode = answer.statusCode ?? 0;
    if (statusCode < 200 || (statusCode > 299 && statusCode !== 304)) {
      throw new EngineResponseError(statusCode, readMessage(await readText(answer), statusCode));
    }
    if (request.hijack === true) {
      answer.destroy();
      throw new NotAnEngineError('the connection was not upgraded to a stream');
    }
    return request.isStream === true ? answer : parseAnswer(await readText(answer));
  }

  #exchange(request: DialRequest): Promise<IncomingMessage | Duplex> {
    const body = readBody(request);
    return new Promise((resolve, reject) => {
      const signal = request.abortSignal ?? request.options?.abortSignal;
      const outgoing = http.request({
        agent: this.#agent,
        method: request.method,
        path: this.#pathPrefix + withQuery(request.path, request.options),
        headers: {
          Host: this.#hostHeader,
          ...body.headers,
          ...(request.hijack === true && { Connection: 'Upgrade', Upgrade: 'tcp', 'Content-Length': 0 }),
        },
        ...(signal !== undefined && { signal }),
      });
      outgoing.on('error', reject);
      outgoing.on('response', resolve);
      outgoing.on('upgrade', (_response, socket: Duplex, head: Buffer) => {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      });
      outgoing.end(body.bytes);
    });
  }
}

function readBody(request: DialRequest): {
  bytes: Uint8Array | undefined;
  headers: Record<string, string | number>;
} {
  const { _body: json } = request.options ?? {};
  if (request.file === undefined && json === undefined) return { bytes: undefined, headers: {} };
  const bytes = request.file ?? Buffer.from(JSON.stringify(json));
  const type = request.file === undefined ? 'application/json' : 'application/x-tar';
  return { bytes, headers: { 'Content-Type': type, 'Content-Length': bytes.length } };
}

function withQuery(path: string, options: DialOptions | undefined): string {
  if (!path.endsWith('?')) return path;
  const { abortSignal: _signal, _query, _body, ...rest } = options ?? {};
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(_query ?? rest)) {
    if (value === undefined || value === null) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      query.append(name, typeof item === 'string' ? item : JSON.stringify(item));
    }
  }
  return query.size === 0 ? path.slice(0, -1) : `${path}${query.toString()}`;
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > ANSWER_BYTES_MAX) throw new NotAnEngineError('the answer does not end');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What is not JSON is given on as text, for those who know what they asked for. */
function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readMessage(text: string, statusCode: number): string {
  const answer = parseAnswer(text);
  if (typeof answer === 'object' && answer !== null && 'message' in answer) return String(answer.message);
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line === '' || line.startsWith('<') ? `HTTP ${statusCode}` : line.slice(0, 300);
}
