import type { ClocheError, ExecutionResult } from '@cloche/core/executor';
import type { OutputStream } from '../../../output/output-stream.ts';
import type { Presenter } from './presenter.ts';
import { serializeResult } from './serialize-result.ts';

/** One object on stdout at the end: the result, or `{ "error": … }`. */
export class JsonPresenter implements Presenter {
  readonly #stdout: OutputStream;
  readonly #withContent: boolean;
  readonly endsMidLine = false;

  constructor(stdout: OutputStream, withContent: boolean) {
    this.#stdout = stdout;
    this.#withContent = withContent;
  }

  onEvent(): Promise<void> {
    return Promise.resolve();
  }

  async onResult(result: ExecutionResult): Promise<void> {
    await this.#stdout.write(`${JSON.stringify(serializeResult(result, this.#withContent), null, 2)}\n`);
  }

  async onFailure(error: ClocheError): Promise<void> {
    await this.#stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
  }
}
