import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';

/** A client's end of a pair of streams, for the clients of both SDKs. */
export class StreamTransport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #rewrite: (message: JSONRPCMessage) => JSONRPCMessage;
  #pending = '';

  constructor(
    input: Readable,
    output: Writable,
    rewrite: (message: JSONRPCMessage) => JSONRPCMessage = (message) => message,
  ) {
    this.#input = input;
    this.#output = output;
    this.#rewrite = rewrite;
  }

  start(): Promise<void> {
    this.#input.setEncoding('utf8');
    this.#input.on('data', (chunk: string) => {
      const lines = (this.#pending + chunk).split('\n');
      this.#pending = lines.pop() ?? '';
      for (const line of lines) this.onmessage?.(JSON.parse(line) as JSONRPCMessage);
    });
    this.#input.on('end', () => this.onclose?.());
    return Promise.resolve();
  }

  send(message: JSONRPCMessage): Promise<void> {
    this.#output.write(`${JSON.stringify(this.#rewrite(message))}\n`);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#output.end();
    this.onclose?.();
    return Promise.resolve();
  }
}
