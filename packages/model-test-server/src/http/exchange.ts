import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** One request and the answer to it. */
export class Exchange {
  readonly #gone = new AbortController();
  readonly response: ServerResponse;

  constructor(message: IncomingMessage, response: ServerResponse) {
    this.response = response;
    // Small packets leave at once: what a test times is not held back.
    message.socket.setNoDelay(true);
    response.once('close', () => this.#gone.abort());
  }

  /** Whether anybody is still there to read. */
  get isOpen(): boolean {
    return !this.#gone.signal.aborted;
  }

  /** Ends early when nobody is there to read. */
  async wait(durationMs: number): Promise<void> {
    if (durationMs <= 0) return;
    await sleep(durationMs, undefined, { signal: this.#gone.signal }).catch(() => undefined);
  }

  /** Until the client closes, or the server ends. */
  async waitForClose(): Promise<void> {
    if (!this.isOpen) return;
    await new Promise<void>((resolve) => {
      this.#gone.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  sendWhole(
    status: number,
    contentType: string,
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    if (!this.isOpen) return;
    this.response.writeHead(status, { 'content-type': contentType, ...headers });
    this.response.end(body);
  }

  sendJson(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
    this.sendWhole(status, 'application/json; charset=utf-8', JSON.stringify(body), headers);
  }

  openStream(): void {
    if (!this.isOpen) return;
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    });
    this.response.flushHeaders();
  }

  /** Resolves when the bytes have been handed to the system. */
  async write(bytes: string | Uint8Array): Promise<void> {
    if (!this.isOpen) return;
    await new Promise<void>((resolve) => {
      this.response.once('close', resolve);
      this.response.write(bytes, () => {
        this.response.off('close', resolve);
        resolve();
      });
    });
  }

  /** The head of an HTTP chunk that is longer than what follows, some of it, and the end of the connection. */
  async cutInsideChunk(bytes: Uint8Array): Promise<void> {
    const { socket } = this.response;
    if (!socket || !this.isOpen) return;
    const head = Buffer.from(`${(bytes.byteLength + 100).toString(16)}\r\n`);
    await new Promise<void>((resolve) => socket.write(Buffer.concat([head, bytes]), () => resolve()));
    socket.destroySoon();
  }

  close(): void {
    this.response.destroy();
  }

  reset(): void {
    this.response.socket?.resetAndDestroy();
  }
}
