import type { GenerationRequest, GenerationResult, LoadedConfig } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import { configFlags, readConfig, withRunner } from '@cloche/mcp-server/command';
import type { CommandContext } from '../../program/command-context.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { EXIT_CODE_OF_ERROR, PLATFORM_EXIT_CODE } from '../../program/exit-codes.ts';
import { Interruption } from '../run/interruption.ts';
import { generationExitCode } from './generation-exit-code.ts';
import { keepProgram } from './keep-program.ts';
import { checkGenerationFile } from './check-generation-file.ts';
import type { GenerationPresenter } from './generation-presenter.ts';
import { GenerationOutput } from './generation-output.ts';
import { loadGenerator } from './load-generator.ts';
import type { OpenGenerator } from './load-generator.ts';
import { readGeneration, refuseContradictions } from './read-generation.ts';

/** `cloche generate`: the exit code is that of the last run, as with `cloche run`. */
export const generateCommand: CommandFunction = async ([requirement = null], options, context) => {
  const interruption = new Interruption();
  const output = new GenerationOutput(context, interruption);
  let presenter: GenerationPresenter | null = options.isSet('json') ? output.json() : null;
  let isStarted = false;
  try {
    refuseContradictions(options, requirement);
    const loaded = await readConfig(context, configFlags(options.without('output')));
    const name = options.text('output');
    const file = name === null ? null : { name, mayReplace: options.isSet('force') };
    // Whatever would make the answer useless is found before somebody pays for it.
    if (file !== null) await checkGenerationFile(file);
    const generator = await loadGenerator(loaded.config, context.environment);
    const request = await readGeneration(requirement, options, loaded, context, interruption.signal);
    presenter ??= output.live({
      request,
      config: loaded.config,
      modelName: generator.modelName,
      isFileGiven: file !== null,
    });
    isStarted = true;
    const result = await generate(generator, request, loaded, context, presenter, interruption.signal);
    await presenter.onResult(result, interruption.exitCode !== null);
    if (file !== null) await keepProgram(file, result, context.messages);
    return interruption.exitCode ?? generationExitCode(result);
  } catch (error) {
    if (interruption.exitCode !== null && !ClocheError.isInstance(error)) {
      if (!interruption.isOutputGone) context.messages.note({ en: 'Cancelled', zh: '已取消' });
      return interruption.exitCode;
    }
    if (!ClocheError.isInstance(error)) throw error;
    await presenter?.onFailure(error);
    context.messages.error(error);
    // A language that nobody knows is a wrong word; one that is not installed is the platform's.
    if (isStarted && error.code === 'ERR_LANGUAGE_UNSUPPORTED') return PLATFORM_EXIT_CODE;
    return EXIT_CODE_OF_ERROR[error.code];
  } finally {
    interruption.dispose();
  }
};

async function generate(
  generator: OpenGenerator,
  request: GenerationRequest,
  loaded: LoadedConfig,
  context: CommandContext,
  presenter: GenerationPresenter,
  signal: AbortSignal,
): Promise<GenerationResult> {
  return withRunner(context, loaded, async (runner) => {
    const generation = generator.createGenerator(runner).generate(request, { signal });
    for await (const event of generation) await presenter.onEvent(event);
    return generation.result;
  });
}
