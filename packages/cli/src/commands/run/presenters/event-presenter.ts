import { isUtf8 } from 'node:buffer';
import type { ClocheError, ExecutionEvent, OutputEvent } from '@cloche/core/executor';
import type { OutputStream } from '../../../output/output-stream.ts';
import type { Presenter } from './presenter.ts';
import { serializeArtifact, serializeResult, toBase64 } from './serialize-result.ts';
import { unfinishedLength } from './utf8-bytes.ts';

/**
 * One object a line, as things happen. A character that is not whole yet waits for its rest, so `text`
 * never ends inside one; `base64` has the same bytes where they are no valid UTF-8, and is null otherwise.
 */
export class EventPresenter implements Presenter {
  readonly #stdout: OutputStream;
  readonly #withContent: boolean;
  readonly endsMidLine = false;
  /** The unfinished end of each stream. */
  readonly #unfinished = new Map<string, OutputEvent>();

  constructor(stdout: OutputStream, withContent: boolean) {
    this.#stdout = stdout;
    this.#withContent = withContent;
  }

  async onEvent(event: ExecutionEvent): Promise<void> {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        return this.#onOutput(event);
      case 'stage':
        return this.#writeLine(event);
      case 'artifact':
        return this.#writeLine({
          type: 'artifact',
          artifact: serializeArtifact(event.artifact, this.#withContent),
        });
      case 'result':
        for (const rest of this.#unfinished.values()) await this.#writeOutput(rest);
        // Content has gone out with the artifacts' own events.
        return this.#writeLine({ type: 'result', result: serializeResult(event.result, false) });
    }
  }

  onResult(): Promise<void> {
    return Promise.resolve();
  }

  onFailure(error: ClocheError): Promise<void> {
    return this.#writeLine({ type: 'error', error });
  }

  async #onOutput(event: OutputEvent): Promise<void> {
    const key = `${event.phase} ${event.type}`;
    const before = this.#unfinished.get(key)?.data;
    this.#unfinished.delete(key);
    const data = before === undefined ? event.data : Buffer.concat([before, event.data]);
    const wholeLength = data.length - unfinishedLength(data);
    if (wholeLength < data.length) this.#unfinished.set(key, { ...event, data: data.slice(wholeLength) });
    if (wholeLength > 0) await this.#writeOutput({ ...event, data: data.subarray(0, wholeLength) });
  }

  #writeOutput({ type, phase, data }: OutputEvent): Promise<void> {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(data);
    return this.#writeLine({ type, phase, text, base64: isUtf8(data) ? null : toBase64(data) });
  }

  #writeLine(value: unknown): Promise<void> {
    return this.#stdout.write(`${JSON.stringify(value)}\n`);
  }
}
