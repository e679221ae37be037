import type { RunEvent } from '../../api/run-event.ts';
import { ServerGone } from './api-failure.ts';

export interface NumberedEvent {
  readonly number: number;
  readonly event: RunEvent;
}

/** Splits a stream of server-sent events, whatever pieces it arrives in. */
export class EventParser {
  #rest = '';
  #retryMs: number | null = null;

  /** After how long to ask again where the stream ends; null where it has not said so. */
  get retryMs(): number | null {
    return this.#retryMs;
  }

  push(text: string): NumberedEvent[] {
    const all = (this.#rest + text).replaceAll('\r\n', '\n');
    const end = all.lastIndexOf('\n\n');
    if (end < 0) {
      this.#rest = all;
      return [];
    }
    this.#rest = all.slice(end + 2);
    return all
      .slice(0, end)
      .split('\n\n')
      .flatMap((block) => this.#parseBlock(block) ?? []);
  }

  /** Null for a comment, which keeps the connection open, and for what is said of the stream itself. */
  #parseBlock(block: string): NumberedEvent | null {
    let number = 0;
    let data = '';
    for (const line of block.split('\n')) {
      if (line.startsWith('id:')) number = Number(line.slice(3));
      else if (line.startsWith('retry:')) this.#retryMs = Number(line.slice(6));
      else if (line.startsWith('data:')) data += line.slice(line.startsWith('data: ') ? 6 : 5);
    }
    return data === '' ? null : { number, event: JSON.parse(data) as RunEvent };
  }
}

/**
 * Reads to the end of the answer; calls back once for each piece that arrives, which slows the server where it must.
 *
 * @returns after how many milliseconds to ask for more; null where the server has not said so
 * @throws ServerGone where the answer breaks off; what `onEvents` throws as it is
 */
export async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEvents: (events: readonly NumberedEvent[]) => Promise<void> | void,
): Promise<number | null> {
  const parser = new EventParser();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const piece = await reader.read().catch((error: unknown) => {
        throw new ServerGone(error);
      });
      if (piece.done) return parser.retryMs;
      const events = parser.push(piece.value);
      if (events.length > 0) await onEvents(events);
    }
  } catch (error) {
    // A stream that nobody reads on would keep one of the few connections that a browser has to a server.
    await reader.cancel().catch(() => {});
    throw error;
  }
}
