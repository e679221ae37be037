import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { PlaygroundLimits } from '../playground-limits.ts';
import type { EventJournal } from '../runs/event-journal.ts';
import { COMMON_HEADERS, INERT_POLICY } from './security-headers.ts';

const READ_BYTES = 256 * 1024;

export interface StreamRequest {
  readonly journal: EventJournal;
  readonly response: ServerResponse;
  /** The last event that the reader has; 0 for none. */
  readonly after: number;
  /** Whether the stream stays open until the run has ended, or ends with what there is. */
  readonly waits: boolean;
  /** Aborted when the reader has gone. */
  readonly signal: AbortSignal;
}

/** Why a stream ended: everything was said, the reader is to come back, or it has gone. */
export type StreamEnding = 'complete' | 'sent-away' | 'gone';

/** Events on their way to readers, each at its reader's pace. */
export class EventStreams {
  readonly #limits: Pick<PlaygroundLimits, 'openStreams' | 'streamRetryMs' | 'streamCommentIntervalMs'>;
  /** Those that wait for more, the oldest first. */
  readonly #open = new Set<AbortController>();
  #isClosed = false;

  constructor(limits: PlaygroundLimits) {
    this.#limits = limits;
  }

  /** Resolves when the stream has ended. Never rejects. */
  async send(request: StreamRequest): Promise<StreamEnding> {
    const { response, signal } = request;
    const place = new AbortController();
    if (request.waits) this.#takePlace(place);
    response.writeHead(200, {
      ...COMMON_HEADERS,
      'Content-Security-Policy': INERT_POLICY,
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
    });
    // At the beginning, since later it could fall into the middle of an event.
    response.write(`retry: ${this.#limits.streamRetryMs}\n\n`);
    try {
      return await this.#copy(request, AbortSignal.any([signal, place.signal]));
    } catch {
      // A reader that stands still, or has gone: its connection is of use to nobody.
      response.destroy();
      return signal.aborted ? 'gone' : 'sent-away';
    } finally {
      this.#open.delete(place);
      response.end();
    }
  }

  /** Sends every reader away. */
  close(): void {
    this.#isClosed = true;
    for (const place of this.#open) place.abort();
  }

  #takePlace(place: AbortController): void {
    this.#open.add(place);
    while (this.#open.size > this.#limits.openStreams) {
      const [oldest] = this.#open;
      if (oldest === undefined) return;
      this.#open.delete(oldest);
      oldest.abort();
    }
  }

  async #copy(request: StreamRequest, ending: AbortSignal): Promise<StreamEnding> {
    const { journal, response, after, waits, signal } = request;
    let offset = await journal.offsetAfter(after);
    for (;;) {
      if (signal.aborted || response.destroyed) return 'gone';
      const bytes = await journal.read(offset, READ_BYTES);
      offset += bytes.length;
      const isAtEnd = offset === journal.byteCount;
      if (bytes.length > 0 && !response.write(bytes)) await once(response, 'drain', { signal: ending });
      if (isAtEnd && journal.hasEnded && offset === journal.byteCount) return 'complete';
      // Perhaps in the middle of an event, which its reader then asks for again.
      if (ending.aborted || this.#isClosed || (isAtEnd && !waits)) return 'sent-away';
      if (isAtEnd) await this.#more(request, offset, ending);
    }
  }

  async #more({ journal, response }: StreamRequest, offset: number, ending: AbortSignal): Promise<void> {
    const comments = setInterval(
      () => response.write(': still here\n\n'),
      this.#limits.streamCommentIntervalMs,
    );
    try {
      await journal.moreThan(offset, ending);
    } finally {
      clearInterval(comments);
    }
  }
}
