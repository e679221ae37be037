import { TextDecoder } from 'node:util';
import type { Phase } from '@cloche/core/executor';
import type { RunEvent } from '../../api/run-event.ts';
import type { EventJournal } from './event-journal.ts';
import { LeftOutOutput } from './left-out-output.ts';

/** How often a run that writes more than is kept says so. */
const LEFT_OUT_INTERVAL_MS = 1_000;

type Stream = 'stdout' | 'stderr';
type StreamKey = `${Stream}:${Phase}`;

export interface EventWriterOptions {
  readonly journal: EventJournal;
  readonly batchIntervalMs: number;
  readonly batchBytes: number;
  /** Whether there is still room for output. */
  readonly hasRoom: () => boolean;
  /** The disk does not take it: from now on output is counted, and everything else kept in memory. */
  readonly onFailure: (error: unknown) => void;
}

/** Brings what a run says into its journal: output as text, in batches, as far as there is room. */
export class EventWriter {
  readonly #options: EventWriterOptions;
  readonly #decoders = new Map<StreamKey, TextDecoder>();
  readonly #leftOut = new Map<StreamKey, LeftOutOutput>();
  #pending: RunEvent[] = [];
  #pendingBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isFull = false;
  #hasFailed = false;
  #toldAtMs = 0;

  constructor(options: EventWriterOptions) {
    this.#options = options;
  }

  /** Resolves when more may come: at the pace of the disk, never of a reader. */
  async output(stream: Stream, phase: Phase, data: Uint8Array): Promise<void> {
    const key: StreamKey = `${stream}:${phase}`;
    if (!this.#isFull && !this.#options.hasRoom()) this.#isFull = true;
    if (this.#isFull) {
      this.#leaveOut(key, data);
      return;
    }
    let decoder = this.#decoders.get(key);
    // A byte order mark is output like any other.
    decoder ??= new TextDecoder('utf-8', { ignoreBOM: true });
    this.#decoders.set(key, decoder);
    this.#addText(stream, phase, decoder.decode(data, { stream: true }));
    this.#pendingBytes += data.length;
    if (this.#pendingBytes >= this.#options.batchBytes) await this.#flush();
    else this.#timer ??= setTimeout(() => void this.#flush(), this.#options.batchIntervalMs);
  }

  /** Pieces of code are many and small, and go with the next batch; everything else at once. */
  async event(event: RunEvent): Promise<void> {
    const last = this.#pending.at(-1);
    if (event.type === 'code') {
      if (last?.type === 'code')
        this.#pending[this.#pending.length - 1] = { ...last, text: last.text + event.text };
      else this.#pending.push(event);
      this.#timer ??= setTimeout(() => void this.#flush(), this.#options.batchIntervalMs);
      return;
    }
    this.#pending.push(event);
    await this.#flush();
  }

  /** A program has ended: what is left of its output goes before what is said of its end. */
  endOutput(): void {
    for (const [key, decoder] of this.#decoders) this.#addText(...partsOf(key), decoder.decode());
    this.#decoders.clear();
    for (const [key, leftOut] of this.#leftOut) {
      const [type, phase] = partsOf(key);
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(leftOut.takeTail());
      const bytesLeftOut = leftOut.takeCount();
      if (text !== '' || bytesLeftOut > 0) this.#pending.push({ type, phase, text, bytesLeftOut });
    }
    this.#leftOut.clear();
  }

  /** After the last event; resolves when the journal has everything. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#options.journal.end().catch(this.#options.onFailure);
  }

  #addText(type: Stream, phase: Phase, text: string): void {
    if (text === '') return;
    const last = this.#pending.at(-1);
    if (last?.type === type && last.phase === phase && last.bytesLeftOut === undefined) {
      this.#pending[this.#pending.length - 1] = { ...last, text: last.text + text };
    } else this.#pending.push({ type, phase, text });
  }

  #leaveOut(key: StreamKey, data: Uint8Array): void {
    let leftOut = this.#leftOut.get(key);
    leftOut ??= new LeftOutOutput();
    this.#leftOut.set(key, leftOut);
    leftOut.append(data);
    const nowMs = performance.now();
    if (nowMs - this.#toldAtMs < LEFT_OUT_INTERVAL_MS) return;
    this.#toldAtMs = nowMs;
    const bytesLeftOut = leftOut.takeCount();
    if (bytesLeftOut === 0) return;
    const [type, phase] = partsOf(key);
    this.#pending.push({ type, phase, text: '', bytesLeftOut });
    void this.#flush();
  }

  #flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const events = this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    if (events.length > 0) this.#writing = this.#writing.then(() => this.#write(events));
    return this.#writing;
  }

  async #write(events: readonly RunEvent[]): Promise<void> {
    const { journal, onFailure } = this.#options;
    if (!this.#hasFailed) {
      try {
        await journal.append(events);
        return;
      } catch (error) {
        this.#hasFailed = true;
        this.#isFull = true;
        onFailure(error);
      }
    }
    journal.appendInMemory(events.flatMap(withoutBulk));
  }
}

/** What memory holds of an event for which there is no disk. */
function withoutBulk(event: RunEvent): readonly RunEvent[] {
  // The whole program follows when it is written.
  if (event.type === 'code') return [];
  if (event.type !== 'stdout' && event.type !== 'stderr') return [event];
  // The last bytes of a stream are few, and come with a count.
  if (event.bytesLeftOut !== undefined) return [event];
  return [{ ...event, text: '', bytesLeftOut: Buffer.byteLength(event.text) }];
}

function partsOf(key: StreamKey): [Stream, Phase] {
  return key.split(':') as [Stream, Phase];
}
