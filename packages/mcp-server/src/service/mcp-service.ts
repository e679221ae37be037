import type { Config, Runner } from '@cloche/core';
import type { ExecutorHost } from '@cloche/core/executor';
import type { McpServer } from '@modelcontextprotocol/server';

export interface McpServiceOptions {
  /** Disposed of by whoever made it, after the service. */
  readonly runner: Runner;
  readonly config: Config;
  readonly host: ExecutorHost;
  /** Of the package, for the client. */
  readonly version: string;
  readonly transport: 'stdio' | 'http';
}

/** Whose call it is. Runs, sessions and progress of one principal are nobody else's. */
export interface Caller {
  /** Of a bearer token's owner over HTTP; the same for the one client of stdio. */
  readonly principal: string;
}

/** Everything behind the tools: one for a process, whatever the number of its clients and connections. */
export interface McpService extends AsyncDisposable {
  /** A server of the SDK for one connection, or one request, of this caller. Costs next to nothing. */
  serverFor(caller: Caller): McpServer;
  /** Ends what runs, waits for it (at most 4.5 s), removes every stored output. Without effect the second time. */
  [Symbol.asyncDispose](): Promise<void>;
}
