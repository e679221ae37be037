import type { Runner } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { Execution, ExecutionResult } from '@cloche/core/executor';
import { configFlags, readConfig, withRunner } from '@cloche/mcp-server/command';
import { OutputStream } from '../../output/output-stream.ts';
import { standardError, standardOutput } from '../../output/standard-streams.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { EXIT_CODE_OF_ERROR, exitCodeOfResult, PLATFORM_EXIT_CODE } from '../../program/exit-codes.ts';
import { Interruption } from './interruption.ts';
import { outputMode } from './output-mode.ts';
import type { OutputMode } from './output-mode.ts';
import { EventPresenter } from './presenters/event-presenter.ts';
import { JsonPresenter } from './presenters/json-presenter.ts';
import { LivePresenter } from './presenters/live-presenter.ts';
import type { Presenter } from './presenters/presenter.ts';
import { StdinPump } from './pump-stdin.ts';
import type { RunInput } from './read-request.ts';
import { readRequest } from './read-request.ts';
import { reportArtifacts, reportEnding, reportExecutor } from './report-ending.ts';
import { StageDisplay } from './stage-display.ts';
import { checkOutputDirectory, writeArtifacts } from './write-artifacts.ts';

/** `cloche run`: the exit code is the program's own wherever it has one. */
export const runCommand: CommandFunction = async (commandArguments, options, context) => {
  const mode = outputMode(options);
  const interruption = new Interruption();
  const presenter = createPresenter(mode, options.text('out') !== null, interruption);
  let isStarted = false;
  try {
    const loaded = await readConfig(context, configFlags(options));
    const outputDirectory = options.text('out');
    if (outputDirectory !== null) await checkOutputDirectory(outputDirectory);
    const input = await readRequest(commandArguments, options, loaded, context);
    isStarted = true;
    const result = await withRunner(context, loaded, (runner) =>
      execute(runner, input, context, presenter, interruption),
    );

    if (outputDirectory !== null) await writeArtifacts(outputDirectory, result.artifacts);
    await presenter.onResult(result);
    if (presenter.endsMidLine) context.messages.breakLine();
    reportExecutor(result, context.messages);
    // Whoever has gone away wants to hear no more, and whoever reads JSON has it there.
    if (mode === 'live' && !interruption.isOutputGone) {
      reportArtifacts(result, outputDirectory, context.messages);
      reportEnding(result, loaded.config.limits, context.messages);
    }
    return interruption.exitCode ?? exitCodeOfResult(result);
  } catch (error) {
    if (!ClocheError.isInstance(error)) throw error;
    await presenter.onFailure(error);
    if (presenter.endsMidLine) context.messages.breakLine();
    context.messages.error(error);
    // A language that nobody knows is a wrong word; one that is not installed is the platform's.
    if (isStarted && error.code === 'ERR_LANGUAGE_UNSUPPORTED') return PLATFORM_EXIT_CODE;
    return EXIT_CODE_OF_ERROR[error.code];
  } finally {
    interruption.dispose();
  }
};

async function execute(
  runner: Runner,
  { request, stdin }: RunInput,
  context: CommandContext,
  presenter: Presenter,
  interruption: Interruption,
): Promise<ExecutionResult> {
  const execution = runner.execute(request, { signal: interruption.signal });
  const pump = stdin.kind === 'none' ? null : new StdinPump(stdin);
  // A failure of the input ends nothing: the program has what was read, and the person is told.
  const pumping = pump?.run(execution).catch((error: unknown) => error);
  try {
    return await present(execution, presenter, new StageDisplay(context.messages));
  } finally {
    pump?.stop();
    const failure = await pumping;
    if (ClocheError.isInstance(failure)) context.messages.error(failure);
  }
}

async function present(
  execution: Execution,
  presenter: Presenter,
  stages: StageDisplay,
): Promise<ExecutionResult> {
  try {
    for await (const event of execution) {
      if (event.type === 'stage') stages.onStage(event);
      await presenter.onEvent(event);
    }
  } finally {
    stages.clear();
  }
  return execution.result;
}

function createPresenter(mode: OutputMode, isOutputKept: boolean, interruption: Interruption): Presenter {
  const onGone = (): void => {
    interruption.outputGone();
  };
  const stdout = new OutputStream(standardOutput(), onGone);
  if (mode === 'json') return new JsonPresenter(stdout, !isOutputKept);
  if (mode === 'events') return new EventPresenter(stdout, !isOutputKept);
  return new LivePresenter(stdout, new OutputStream(standardError(), onGone));
}
