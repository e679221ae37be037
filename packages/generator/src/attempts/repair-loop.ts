import type { CodeModel, GenerationAttempt, GenerationEnding, GenerationResult } from '@cloche/core';
import type { ExecutionResult } from '@cloche/core/executor';
import type { FoundProgram } from '../answers/read-answer.ts';
import { readAnswer } from '../answers/read-answer.ts';
import { Conversation } from '../prompts/conversation.ts';
import { describeTask } from '../prompts/describe-task.ts';
import type { AttemptOutcome } from './attempt-outcome.ts';
import type { Budget } from './budget.ts';
import type { GenerationTask } from './generation-task.ts';
import { judgeMissing } from './judge-missing.ts';
import { programKey } from './program-key.ts';
import { programFileName } from './program-request.ts';
import type { ProgramRunner } from './program-runner.ts';
import type { GenerationSink } from './generation-sink.ts';
import type { ToolchainVersions } from './toolchain-versions.ts';
import { tryProgram } from './try-program.ts';
import { UsageSum } from './usage-sum.ts';
import { writeWholeAnswer } from './write-whole-answer.ts';

export interface RepairLoopOptions {
  readonly task: GenerationTask;
  readonly model: CodeModel;
  readonly programs: ProgramRunner;
  readonly budget: Budget;
  readonly sink: GenerationSink;
  readonly versions: ToolchainVersions;
}

/** Has a program written, run and repaired until it runs well, or until more of it would be of no use. */
export class RepairLoop {
  readonly #options: RepairLoopOptions;
  readonly #startedAtMs = performance.now();
  readonly #conversation: Conversation;
  readonly #attempts: GenerationAttempt[] = [];
  readonly #usage = new UsageSum();
  readonly #written = new Set<string>();
  #program: FoundProgram | null = null;
  #execution: ExecutionResult | null = null;
  #modelName: string | null = null;

  constructor(options: RepairLoopOptions) {
    const { task, versions } = options;
    this.#options = options;
    const version = task.language === null ? null : versions.known(task.tests?.language ?? task.language);
    this.#conversation = new Conversation(describeTask(task, version));
  }

  /** @throws what the model or the runner fails with */
  async run(): Promise<GenerationResult> {
    let ending = this.#budgetEnding();
    while (ending === null) ending = (await this.#attempt()) ?? this.#budgetEnding();
    return this.#result(ending);
  }

  #budgetEnding(): GenerationEnding | null {
    const { budget, task } = this.#options;
    if (budget.signal.aborted) return budget.isTimeUsed ? 'time_used' : 'cancelled';
    if (this.#attempts.length >= task.maximumAttempts) {
      return this.#attempts.at(-1)?.status === 'no_code' ? 'no_code' : 'attempts_used';
    }
    return budget.areTokensUsed ? 'tokens_used' : null;
  }

  async #attempt(): Promise<GenerationEnding | null> {
    const { sink } = this.#options;
    const number = this.#attempts.length + 1;
    const startedAtMs = performance.now();
    sink.emit({ type: 'attempt', number });
    const usage = new UsageSum();
    const before = this.#program;
    const { status, error, ending, exchange } = await this.#outcome(usage);
    const written = this.#program === before ? null : this.#program;
    const attempt: GenerationAttempt = {
      number,
      code: written?.code ?? null,
      language: written?.language ?? null,
      status,
      error,
      usage: usage.tokens,
      durationMs: performance.now() - startedAtMs,
    };
    this.#attempts.push(attempt);
    sink.emit({ type: 'attempted', attempt });
    if (exchange !== null) this.#conversation.add(exchange);
    return ending;
  }

  async #outcome(usage: UsageSum): Promise<AttemptOutcome> {
    const { budget, task } = this.#options;
    let answer: Awaited<ReturnType<typeof writeWholeAnswer>>;
    try {
      answer = await this.#write(usage);
    } catch (error) {
      if (!budget.signal.aborted) throw error;
      usage.addUnknown();
      this.#usage.addUnknown();
      return this.#interrupted('cut');
    }
    const read = readAnswer(answer.text, answer.ending, task.language);
    if (read.kind === 'missing') {
      const isSecond = this.#attempts.at(-1)?.status === 'no_code';
      return judgeMissing(read, { language: task.language, isSecond, areTokensUsed: budget.areTokensUsed });
    }
    this.#program = read;
    return this.#judge(read);
  }

  #write(usage: UsageSum): ReturnType<typeof writeWholeAnswer> {
    const { model, task, budget, sink, programs } = this.#options;
    const writing = writeWholeAnswer({
      model,
      messages: this.#conversation.messages,
      language: task.language,
      budget,
      onCode: (text) => sink.emit({ type: 'code', text }),
      onAnswer: (answer) => {
        usage.add(answer);
        this.#usage.add(answer);
        this.#modelName = answer.model ?? this.#modelName;
      },
    });
    // While the model thinks, so that its program is not kept waiting.
    if (task.executes && this.#attempts.length === 0) {
      programs.prepare(task.tests?.language ?? task.language ?? 'python');
    }
    return writing;
  }

  async #judge(program: FoundProgram): Promise<AttemptOutcome> {
    const { task, programs, sink, budget, versions } = this.#options;
    const { language, code, explanation } = program;
    const key = programKey(language, code);
    if (this.#written.has(key)) {
      const error = 'The same program was written before, and failed.';
      return { status: 'repeated', error, ending: 'repeated', exchange: null };
    }
    this.#written.add(key);
    const fileName = programFileName(task, language, code);
    sink.emit({ type: 'written', code, language, fileName, explanation });
    if (!task.executes) {
      return { status: 'not_executed', error: null, ending: 'not_asked_to_run', exchange: null };
    }
    const onResult = (result: ExecutionResult): void => {
      this.#execution = result;
      versions.learn(result);
    };
    try {
      const isLast = this.#attempts.length + 1 >= task.maximumAttempts || budget.areTokensUsed;
      const outcome = await tryProgram({ task, programs, sink, isLast, onResult }, program);
      return outcome ?? this.#interrupted('timeout');
    } catch (error) {
      if (!budget.signal.aborted) throw error;
      return this.#interrupted('timeout');
    }
  }

  /** @param late what it is called where the time is used, and nobody cancelled */
  #interrupted(late: 'cut' | 'timeout'): AttemptOutcome {
    const { isTimeUsed } = this.#options.budget;
    const error = isTimeUsed ? 'The time of the generation is used.' : 'It was cancelled.';
    return {
      status: isTimeUsed ? late : 'cancelled',
      error,
      ending: isTimeUsed ? 'time_used' : 'cancelled',
      exchange: null,
    };
  }

  #result(endedBy: GenerationEnding): GenerationResult {
    const { task, model } = this.#options;
    const program = this.#program;
    return {
      status: STATUS_OF_ENDING[endedBy] ?? 'failed',
      endedBy,
      code: program?.code ?? null,
      language: program?.language ?? null,
      fileName: program === null ? null : programFileName(task, program.language, program.code),
      explanation: program?.explanation ?? null,
      attempts: this.#attempts,
      execution: this.#execution,
      model: { provider: model.provider, model: this.#modelName ?? model.model },
      usage: this.#usage.tokens,
      costUsd: this.#usage.costUsd,
      durationMs: performance.now() - this.#startedAtMs,
    };
  }
}

const STATUS_OF_ENDING: Readonly<Partial<Record<GenerationEnding, GenerationResult['status']>>> = {
  success: 'ok',
  not_asked_to_run: 'not_executed',
  cancelled: 'cancelled',
};
