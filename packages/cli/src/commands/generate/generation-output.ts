import type { Config, GenerationRequest } from '@cloche/core';
import { terminalPaint } from '../../output/highlight/terminal-paint.ts';
import { OutputStream } from '../../output/output-stream.ts';
import { ProgressLine } from '../../output/progress-line.ts';
import { standardError, standardOutput } from '../../output/standard-streams.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { Interruption } from '../run/interruption.ts';
import { StageDisplay } from '../run/stage-display.ts';
import { CodeView } from './code-view.ts';
import type { GenerationPresenter } from './generation-presenter.ts';
import { JsonGenerationPresenter } from './json-generation-presenter.ts';
import { LiveGenerationPresenter } from './live-generation-presenter.ts';

export interface LiveGeneration {
  readonly request: GenerationRequest;
  readonly config: Config;
  readonly modelName: string;
  /** Whether `--output` names a file, which the program then goes to. */
  readonly isFileGiven: boolean;
}

/** Chooses the streams that a generation is shown on. */
export class GenerationOutput {
  readonly #context: CommandContext;
  readonly #onGone: () => void;

  constructor(context: CommandContext, interruption: Interruption) {
    this.#context = context;
    this.#onGone = () => {
      interruption.outputGone();
    };
  }

  json(): GenerationPresenter {
    const { messages } = this.#context;
    return new JsonGenerationPresenter(
      new OutputStream(standardOutput(), this.#onGone),
      messages,
      new StageDisplay(messages),
    );
  }

  live({ request, config, modelName, isFileGiven }: LiveGeneration): GenerationPresenter {
    const { messages } = this.#context;
    const stdout = new OutputStream(standardOutput(), this.#onGone);
    const stderr = new OutputStream(standardError(), this.#onGone);
    const executes = request.executes ?? true;
    const isCodeForStdout = !executes && !isFileGiven;
    // Whoever pipes the program on gets it whole, and has no use for seeing it twice.
    const isCodePiped = isCodeForStdout && !stdout.isTerminal;
    const codeStream = isCodeForStdout ? standardOutput() : standardError();
    return new LiveGenerationPresenter({
      stdout,
      stderr,
      messages,
      stages: new StageDisplay(messages),
      waiting: new ProgressLine(messages),
      modelName,
      codeView: isCodePiped
        ? null
        : new CodeView(isCodeForStdout ? stdout : stderr, terminalPaint(codeStream)),
      isCodePiped,
      executes,
      hasTests: request.tests !== undefined,
      language: request.language,
      maximumAttempts: config.generator.maximumAttempts,
      limits: config.limits,
    });
  }
}
