import type { GenerationAttempt, GenerationEvent, GenerationResult } from '@cloche/core';
import { LANGUAGES } from '@cloche/core/executor';
import type { ExecutionEvent, ExecutionLimits, ExecutionResult, LanguageId } from '@cloche/core/executor';
import type { MessageWriter } from '../../output/message-writer.ts';
import type { OutputStream } from '../../output/output-stream.ts';
import { printable } from '../../output/printable.ts';
import { printableCode } from '../../output/printable-code.ts';
import type { ProgressLine } from '../../output/progress-line.ts';
import { LivePresenter } from '../run/presenters/live-presenter.ts';
import { reportEnding, reportExecutor } from '../run/report-ending.ts';
import type { StageDisplay } from '../run/stage-display.ts';
import type { CodeView } from './code-view.ts';
import { describeEnding, describeNextAttempt } from './describe-generation.ts';
import type { GenerationPresenter } from './generation-presenter.ts';
import { HeldOutput } from './held-output.ts';
import { reportUnkeptFiles } from './report-unkept-files.ts';

export interface LiveGenerationOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly messages: MessageWriter;
  readonly stages: StageDisplay;
  /** Shown on a terminal until the model's first word is there. */
  readonly waiting: ProgressLine;
  /** `Anthropic, claude-…`. */
  readonly modelName: string;
  readonly codeView: CodeView | null;
  /** Whether stdout is for the program itself, and goes to no terminal: it gets the program whole. */
  readonly isCodePiped: boolean;
  readonly executes: boolean;
  readonly hasTests: boolean;
  /** Null: the model chooses. */
  readonly language: LanguageId | null;
  readonly maximumAttempts: number;
  readonly limits: ExecutionLimits;
}

/** Code and words on stderr as they come; what programs print where they print it. */
export class LiveGenerationPresenter implements GenerationPresenter {
  readonly #options: LiveGenerationOptions;
  readonly #stdout: HeldOutput;
  readonly #run: LivePresenter;
  #lastAttempt: GenerationAttempt | null = null;
  #lastExecution: ExecutionResult | null = null;
  #isWriting = false;

  constructor(options: LiveGenerationOptions) {
    this.#options = options;
    const { stdout, stderr, maximumAttempts } = options;
    // A person sees everything; and a single program is the one that counts.
    this.#stdout = new HeldOutput(stdout, !stdout.isTerminal && maximumAttempts > 1);
    this.#run = new LivePresenter(this.#stdout, stderr);
  }

  get endsMidLine(): boolean {
    return this.#run.endsMidLine;
  }

  async onEvent(event: GenerationEvent): Promise<void> {
    switch (event.type) {
      case 'attempt':
        return this.#onAttempt(event.number);
      case 'code':
        this.#options.waiting.clear();
        this.#isWriting = true;
        return this.#options.codeView?.write(event.text);
      case 'written':
        this.#options.waiting.clear();
        this.#isWriting = false;
        await this.#options.codeView?.end(event.code, event.language);
        this.#onWritten(event.fileName, event.language, event.explanation);
        return;
      case 'execution':
        return this.#onExecution(event.event);
      case 'attempted':
        await this.#endWriting();
        this.#lastAttempt = event.attempt;
        return;
      case 'result':
        return;
    }
  }

  async onResult(result: GenerationResult, isInterrupted: boolean): Promise<void> {
    const { stderr, stdout, messages, isCodePiped, limits } = this.#options;
    await this.#settle();
    await this.#stdout.moveTo(result.status === 'ok' ? stdout : stderr);
    if (isCodePiped && result.status === 'not_executed' && result.code !== null) {
      await stdout.write(result.code.endsWith('\n') ? result.code : `${result.code}\n`);
    }
    this.#breakLine();
    const { execution } = result;
    if (execution !== null) reportExecutor(execution, messages);
    if (stdout.isGone) return;
    if (isInterrupted || result.status === 'cancelled')
      return messages.note({ en: 'Cancelled', zh: '已取消' });
    if (execution !== null && execution.status !== 'ok') reportEnding(execution, limits, messages);
    if (execution !== null) reportUnkeptFiles(execution, messages);
    if (result.status === 'failed' && execution === null) this.#quoteModel(result);
    const { message, hint } = describeEnding(result);
    messages.note(message, hint);
  }

  async onFailure(): Promise<void> {
    await this.#settle();
    await this.#stdout.moveTo(this.#options.stderr);
    this.#breakLine();
  }

  async #onAttempt(number: number): Promise<void> {
    const { stderr, messages, codeView, language, maximumAttempts, waiting, modelName } = this.#options;
    await this.#settle();
    await this.#stdout.moveTo(stderr);
    this.#breakLine();
    if (number > 1) {
      const execution = this.#lastExecution;
      messages.note(describeNextAttempt(number, maximumAttempts, this.#lastAttempt, execution));
    }
    this.#lastExecution = null;
    codeView?.begin(language);
    if (stderr.isTerminal) {
      waiting.show(`attempt ${number}`, { en: `Waiting for ${modelName} …`, zh: `正在等待 ${modelName} …` });
    }
  }

  async #onExecution(event: ExecutionEvent): Promise<void> {
    if (event.type === 'stage') {
      this.#options.stages.onStage(event);
      return;
    }
    if (event.type === 'result') {
      this.#options.stages.clear();
      this.#lastExecution = event.result;
      await this.#run.onResult(event.result);
      return;
    }
    await this.#run.onEvent(event);
  }

  #onWritten(fileName: string, language: LanguageId, explanation: string | null): void {
    const { messages, executes, hasTests } = this.#options;
    const text = wordsOfModel(explanation ?? '');
    if (text !== '') messages.note({ en: text, zh: text });
    if (!executes) return;
    const name = `${printable(fileName)} (${LANGUAGES[language].displayName})`;
    messages.note(
      hasTests
        ? { en: `Running the tests on ${name}`, zh: `正在对 ${name} 运行测试` }
        : { en: `Running ${name}`, zh: `正在运行 ${name}` },
    );
  }

  /** What it said instead of a program. */
  #quoteModel({ attempts }: GenerationResult): void {
    const words = attempts.at(-1);
    if (words?.status !== 'refused' || words.error === null) return;
    const text = wordsOfModel(words.error);
    this.#options.messages.note({ en: `The model says: ${text}`, zh: `模型的回答：${text}` });
  }

  async #endWriting(): Promise<void> {
    this.#options.waiting.clear();
    if (this.#isWriting) await this.#options.codeView?.stop();
    this.#isWriting = false;
  }

  /** Nothing is open any more, however it ended. */
  async #settle(): Promise<void> {
    this.#options.stages.clear();
    await this.#endWriting();
  }

  #breakLine(): void {
    if (this.endsMidLine) this.#options.messages.breakLine();
  }
}

/** Further lines are moved in, so that none of them looks like a line of ours. */
function wordsOfModel(text: string): string {
  return printableCode(text.trim()).replaceAll(/\r?\n|[\u2028\u2029]/gu, '\n  ');
}
