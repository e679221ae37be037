import type {
  CodeModel,
  Generation,
  GenerationAttempt,
  GenerationEvent,
  GenerationResult,
} from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { LastLine } from '../progress/last-line.ts';
import type { RunOptions } from '../runs/run.ts';
import { Run } from '../runs/run.ts';
import type { ClientQuestion } from '../sampling/client-question.ts';

/** Whose model it is: of a provider that is configured, or of the client. */
export type ModelSource = 'configured' | 'client';

/** What came out, without what the run's logs hold: a hundred of these stay in memory. */
export type GenerationOutcome = Omit<GenerationResult, 'code' | 'execution' | 'attempts'>;
export type AttemptOutcome = Omit<GenerationAttempt, 'code'>;

/**
 * A program that is written, run and repaired, under one `run_id`: its output is that of the last program, and `code`
 * that program itself.
 */
export class GenerationRun extends Run {
  readonly source: ModelSource;
  readonly #attempts: AttemptOutcome[] = [];
  #model: Pick<CodeModel, 'provider' | 'model'> | null = null;
  #language: LanguageId | null;
  #fileName: string | null = null;
  #explanation: string | null = null;
  #result: GenerationOutcome | null = null;
  #attempt = 0;
  #note: string | null = null;
  #question: ClientQuestion | null = null;
  /** What stands in `code`. */
  #code = '';
  #line = new LastLine();
  #isOutputBegun = false;
  #hasExecuted = false;

  constructor(options: RunOptions, source: ModelSource) {
    super(options);
    this.source = source;
    this.#language = options.language;
  }

  override get language(): LanguageId | null {
    return this.#language;
  }

  override get status(): string {
    return this.state === 'ended' && this.#result !== null ? this.#result.status : super.status;
  }

  override get note(): string | null {
    return this.#note;
  }

  get model(): Pick<CodeModel, 'provider' | 'model'> | null {
    return this.#result?.model ?? this.#model;
  }

  /** From 1 on; 0 before the first. */
  get attempt(): number {
    return this.#attempt;
  }

  /** Those that are over. */
  get attempts(): readonly AttemptOutcome[] {
    return this.#attempts;
  }

  get fileName(): string | null {
    return this.#fileName;
  }

  get explanation(): string | null {
    return this.#explanation;
  }

  /** Whether a program was run, or is. */
  get hasExecuted(): boolean {
    return this.#hasExecuted;
  }

  /** Null while it goes on, and where it failed. */
  get result(): GenerationOutcome | null {
    return this.#result;
  }

  /** What the model of the client is to answer. */
  get question(): ClientQuestion | null {
    return this.#question?.isSettled === false ? this.#question : null;
  }

  /** Whoever listens looks for it then. */
  pose(question: ClientQuestion): void {
    this.#question = question;
    this.#say(`attempt ${this.#attempt}: waiting for the client’s model`);
  }

  /** Takes in everything that the generation says. Never rejects; once, and before control returns to the event loop. */
  followGeneration(generation: Generation, model: CodeModel): Promise<void> {
    this.#model = { provider: model.provider, model: model.model };
    return this.followEach(generation, (event) => this.#take(event));
  }

  async #take(event: GenerationEvent): Promise<void> {
    switch (event.type) {
      case 'attempt':
        this.#attempt = event.number;
        await this.#replaceCode('');
        if (this.question === null) this.#say(`attempt ${event.number}: the model writes`);
        break;
      case 'code':
        await this.#appendCode(event.text);
        this.#say(`attempt ${this.#attempt}: ${this.#line.text}`);
        break;
      case 'written':
        this.#language = event.language;
        this.#fileName = event.fileName;
        this.#explanation = event.explanation;
        if (event.code !== this.#code) await this.#replaceCode(event.code);
        this.#isOutputBegun = false;
        break;
      case 'execution':
        if (!this.#isOutputBegun) await this.beginOutput();
        this.#hasExecuted = true;
        // Tests may be run after the program: the last execution is the one that is told of.
        this.#isOutputBegun = event.event.type !== 'result';
        await this.takeExecution(event.event);
        break;
      case 'attempted':
        this.#attempts.push(withoutCode(event.attempt));
        break;
      case 'result':
        await this.#end(event.result);
        break;
    }
  }

  async #end({
    code,
    execution: _execution,
    attempts: _attempts,
    ...outcome
  }: GenerationResult): Promise<void> {
    this.#result = outcome;
    this.#language = outcome.language ?? this.#language;
    this.#fileName = outcome.fileName;
    this.#explanation = outcome.explanation;
    // An answer that came to nothing has left its pieces there.
    if ((code ?? '') !== this.#code) await this.#replaceCode(code ?? '');
    // It stands in the log, and the question in nobody's way any more.
    this.#code = '';
    this.#question = null;
  }

  async #replaceCode(code: string): Promise<void> {
    await this.beginCode();
    this.#code = '';
    this.#line = new LastLine();
    if (code !== '') await this.#appendCode(code);
  }

  async #appendCode(text: string): Promise<void> {
    const data = Buffer.from(text, 'utf8');
    this.#code += text;
    this.#line.append(data);
    await this.append('code', data);
  }

  #say(text: string): void {
    this.#note = text;
    this.tell({ type: 'note', text });
  }
}

function withoutCode({ code: _code, ...outcome }: GenerationAttempt): AttemptOutcome {
  return outcome;
}
