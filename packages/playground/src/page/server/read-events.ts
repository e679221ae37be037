import type { RunEvent } from '../../api/run-event.ts';

export interface NumberedEvent {
  readonly number: number;
  readonly event: RunEvent;
}

/** Splits a stream of server-sent events, whatever pieces it arrives in. */
export class EventParser {
  #rest = '';

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
      .flatMap((block) => parseBlock(block) ?? []);
  }
}

/** Null for a comment, which keeps the connection open. */
function parseBlock(block: string): NumberedEvent | null {
  let number = 0;
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('id:')) number = Number(line.slice(3));
    else if (line.startsWith('data:')) data += line.slice(line.startsWith('data: ') ? 6 : 5);
  }
  return data === '' ? null : { number, event: JSON.parse(data) as RunEvent };
}

/** Reads to the end of the answer; calls back once for each piece that arrives, which slows the server where it must. */
export async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEvents: (events: readonly NumberedEvent[]) => Promise<void> | void,
): Promise<void> {
  const parser = new EventParser();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const events = parser.push(piece.value);
    if (events.length > 0) await onEvents(events);
  }
}
