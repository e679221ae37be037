import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Locale } from '@cloche/core/executor';
import type { ExecutorInspection } from '../executors/executor-inspection.ts';
import type { PlaygroundLimits } from '../playground-limits.ts';
import type { PlaygroundGeneration } from '../playground-options.ts';
import type { RunReaders } from '../runs/run-readers.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { Tickets } from '../sessions/tickets.ts';
import type { PlaygroundConfig } from '../settings/playground-config.ts';
import type { RunnerPool } from '../runners/runner-pool.ts';
import type { EventStreams } from './event-streams.ts';

/** What a server is made of. */
export interface ApiContext {
  readonly limits: PlaygroundLimits;
  readonly config: PlaygroundConfig;
  readonly runners: RunnerPool;
  readonly registry: RunRegistry;
  readonly readers: RunReaders;
  readonly streams: EventStreams;
  readonly inspection: ExecutorInspection;
  readonly generation: PlaygroundGeneration;
  readonly tickets: Tickets;
}

/** One request whose sender is known. */
export interface ApiCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** Parts of the path, as they were sent. */
  readonly parts: Readonly<Record<string, string>>;
  readonly locale: Locale;
  /** Aborted when the sender has gone. */
  readonly signal: AbortSignal;
}
