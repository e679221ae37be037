import type { Readable, Writable } from 'node:stream';
import { serveStdio as serveConnection } from '@modelcontextprotocol/server/stdio';
import { takeStandardOutput } from '../command/protocol-output.ts';
import { LOCAL_CALLER } from '../service/create-server.ts';
import type { McpService } from '../service/mcp-service.ts';
import type { StdioBounds } from './stdio-bounds.ts';
import { STDIO_BOUNDS } from './stdio-bounds.ts';
import { StdioTransport } from './stdio-transport.ts';

export interface ServeStdioOptions {
  readonly service: McpService;
  readonly stdin: Readable;
  /** Where this is the process's own, it is taken for the protocol alone: what else is printed goes to standard error. */
  readonly stdout: Writable;
  /** Ends the connection. */
  readonly signal?: AbortSignal;
  /** Default: {@link STDIO_BOUNDS}. */
  readonly bounds?: Partial<StdioBounds>;
}

/**
 * Serves one client until it has gone: its input ended, its output broke, or `signal` was aborted. Every call in
 * flight is cancelled then; what runs on by its run_id ends with the service, which is the caller's to dispose.
 */
export async function serveStdio(options: ServeStdioOptions): Promise<void> {
  const { service, stdin, stdout, signal, bounds } = options;
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const output = stdout === process.stdout ? takeStandardOutput(() => resolve()) : stdout;
  const transport = new StdioTransport(stdin, output, { ...STDIO_BOUNDS, ...bounds });
  const connection = serveConnection(() => service.serverFor(LOCAL_CALLER), {
    transport,
  });
  void transport.closed.then(resolve);
  const onAbort = (): void => resolve();
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await gone;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await connection.close();
  }
}
