import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage, RequestId, Transport } from '@modelcontextprotocol/server';
import { INVALID_REQUEST, serializeMessage } from '@modelcontextprotocol/server';
import { ChunkQueue } from './chunk-queue.ts';
import type { SplitLine } from './line-splitter.ts';
import { LineSplitter } from './line-splitter.ts';
import { readMessage } from './read-message.ts';
import type { StdioBounds } from './stdio-bounds.ts';
import { STDIO_BOUNDS } from './stdio-bounds.ts';

const SERVER_BUSY = -32_000;

/**
 * The SDK's transport for standard input and output closes at a long message, skips what it cannot read without a
 * word, mixes up requests of one id, and keeps every answer that nobody reads. This one does none of that.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #stdin: Readable;
  readonly #stdout: Writable;
  readonly #bounds: StdioBounds;
  readonly #lines: LineSplitter;
  readonly #closing: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #inFlight = new Set<RequestId>();
  readonly #held = new ChunkQueue();
  #takingUp: NodeJS.Immediate | null = null;
  #unreadBytes = 0;
  #isClosed = false;

  constructor(stdin: Readable, stdout: Writable, bounds: StdioBounds = STDIO_BOUNDS) {
    this.#stdin = stdin;
    this.#stdout = stdout;
    this.#bounds = bounds;
    this.#lines = new LineSplitter(bounds.messageBytes);
  }

  /** Resolves when the client has gone, or {@link close} was called. */
  get closed(): Promise<void> {
    return this.#closing.promise;
  }

  start(): Promise<void> {
    this.#stdin.on('data', this.#onData);
    this.#stdin.on('end', this.#onEnd);
    this.#stdin.on('close', this.#onEnd);
    this.#stdin.on('error', this.#onError);
    this.#stdout.on('error', this.#onError);
    this.#stdout.on('close', this.#onEnd);
    if (this.#stdin.readableEnded || this.#stdin.destroyed) setImmediate(this.#onEnd);
    return Promise.resolve();
  }

  /** Resolves when it has left this process, so that whoever waits sends no faster than the client reads. */
  async send(message: JSONRPCMessage): Promise<void> {
    // A message is of one kind by its type or was checked when it came: the SDK's own guards check all of it again.
    if (!('method' in message) && message.id !== undefined) this.#inFlight.delete(message.id);
    if (this.#isClosed) return;
    const text = serializeMessage(message);
    const byteCount = Buffer.byteLength(text);
    this.#unreadBytes += byteCount;
    await new Promise<void>((resolve) => {
      this.#stdout.write(text, () => resolve());
    });
    this.#unreadBytes -= byteCount;
    this.#takeUp();
  }

  close(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#isClosed = true;
    this.#stdin.off('data', this.#onData);
    this.#stdin.off('end', this.#onEnd);
    this.#stdin.off('close', this.#onEnd);
    // What cannot be written any more after this is of no account; both streams keep a listener for it.
    this.#stdin.pause();
    this.#held.clear();
    this.#closing.resolve();
    this.onclose?.();
    return Promise.resolve();
  }

  get #isUnread(): boolean {
    return this.#unreadBytes > this.#bounds.unreadBytes;
  }

  readonly #onData = (chunk: Uint8Array): void => {
    if (!this.#isUnread && this.#held.isEmpty) {
      this.#receiveLines(chunk);
      return;
    }
    this.#held.push(chunk);
    if (this.#held.byteCount > this.#bounds.unreadBytes) this.#stdin.pause();
    this.#takeUp();
  };

  /** One piece at a time, as they come from the stream: what is asked in it is answered before the next. */
  #takeUp(): void {
    if (this.#isClosed || this.#isUnread || this.#takingUp !== null || this.#held.isEmpty) return;
    this.#takingUp = setImmediate(() => {
      this.#takingUp = null;
      const chunk = this.#isClosed || this.#isUnread ? undefined : this.#held.shift();
      if (chunk === undefined) return;
      this.#receiveLines(chunk);
      if (this.#held.byteCount <= this.#bounds.unreadBytes) this.#stdin.resume();
      this.#takeUp();
    });
  }

  #receiveLines(chunk: Uint8Array): void {
    for (const line of this.#lines.push(chunk)) {
      if (this.#isClosed) return;
      this.#receive(line);
    }
  }

  readonly #onEnd = (): void => {
    void this.close();
  };

  readonly #onError = (error: Error): void => {
    if (this.#isClosed) return;
    this.onerror?.(error);
    void this.close();
  };

  #receive(line: SplitLine): void {
    const read = readMessage(line, this.#bounds.messageBytes);
    if (read === null) return;
    if (read.kind === 'refused') {
      this.#refuse(read.id, read.code, read.reason);
      return;
    }
    const { message } = read;
    if ('method' in message && 'id' in message && !this.#admit(message.id)) return;
    if ('method' in message && !('id' in message) && message.method === 'notifications/cancelled') {
      // It gets no answer, so its id is free again.
      const id = message.params?.['requestId'];
      if (typeof id === 'string' || typeof id === 'number') this.#inFlight.delete(id);
    }
    this.onmessage?.(message);
  }

  #admit(id: RequestId): boolean {
    if (this.#inFlight.has(id)) {
      // Without the id: it would be taken for the answer to the first request.
      this.#refuse(
        null,
        INVALID_REQUEST,
        'A request with this id is in flight. Give each request an id of its own.',
      );
      return false;
    }
    if (this.#inFlight.size >= this.#bounds.callsInFlight) {
      this.#refuse(
        id,
        SERVER_BUSY,
        `${this.#inFlight.size} calls wait for their answers, which is as many as may. Try again later.`,
      );
      return false;
    }
    this.#inFlight.add(id);
    return true;
  }

  #refuse(id: RequestId | null, code: number, message: string): void {
    this.send({ jsonrpc: '2.0', ...(id !== null && { id }), error: { code, message } }).catch(
      (error: unknown) => this.onerror?.(error instanceof Error ? error : new Error(String(error))),
    );
  }
}
