import type { GenerationEvent, GenerationResult } from '@cloche/core';
import type { ClocheError } from '@cloche/core/executor';
import type { MessageWriter } from '../../output/message-writer.ts';
import type { OutputStream } from '../../output/output-stream.ts';
import { reportExecutor } from '../run/report-ending.ts';
import type { StageDisplay } from '../run/stage-display.ts';
import type { GenerationPresenter } from './generation-presenter.ts';
import { serializeGeneration } from './serialize-generation.ts';

/** One object on stdout at the end: the result, or `{ "error": … }`. */
export class JsonGenerationPresenter implements GenerationPresenter {
  readonly #stdout: OutputStream;
  readonly #messages: MessageWriter;
  readonly #stages: StageDisplay;
  readonly endsMidLine = false;

  constructor(stdout: OutputStream, messages: MessageWriter, stages: StageDisplay) {
    this.#stdout = stdout;
    this.#messages = messages;
    this.#stages = stages;
  }

  onEvent(event: GenerationEvent): Promise<void> {
    if (event.type === 'execution' && event.event.type === 'stage') this.#stages.onStage(event.event);
    return Promise.resolve();
  }

  async onResult(result: GenerationResult): Promise<void> {
    this.#stages.clear();
    await this.#stdout.write(`${JSON.stringify(serializeGeneration(result), null, 2)}\n`);
    if (result.execution !== null) reportExecutor(result.execution, this.#messages);
  }

  async onFailure(error: ClocheError): Promise<void> {
    this.#stages.clear();
    await this.#stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
  }
}
