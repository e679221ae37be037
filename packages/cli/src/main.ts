import { homedir } from 'node:os';
import { ClocheError } from '@cloche/core/executor';
import { internalError } from '@cloche/mcp-server/command';
import { CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { environment } from './environment.ts';
import { flushOutput } from './output/flush-output.ts';
import { MessageWriter } from './output/message-writer.ts';
import { standardError } from './output/standard-streams.ts';
import { buildProgram } from './program/build-program.ts';
import type { CommandContext } from './program/command-context.ts';
import { ALL_DEFINITIONS } from './program/definitions/all-definitions.ts';
import { ROOT_DEFINITION } from './program/definitions/root-definition.ts';
import { readEarlyOptions } from './program/early-options.ts';
import { EXIT_CODE_OF_ERROR, USAGE_EXIT_CODE } from './program/exit-codes.ts';

/** Ends the process: with the exit code, and not before all output has left it. */
export async function main(argv: readonly string[]): Promise<void> {
  const exitCode = await run(argv);
  await flushOutput();
  // Not by running out of things to do: a handle that somebody forgot must not keep a person waiting.
  process.exit(exitCode);
}

async function run(argv: readonly string[]): Promise<number> {
  const early = readEarlyOptions(argv, environment);
  const messages = new MessageWriter(early.locale, early.isDebug);
  const context: CommandContext = {
    // The configuration may change the language after the command line was read.
    get locale() {
      return messages.locale;
    },
    isLocaleGiven: early.isLocaleGiven,
    isDebug: early.isDebug,
    environment,
    workingDirectory: process.cwd(),
    homeDirectory: homedir(),
    platform: process.platform,
    get errorStream() {
      return standardError();
    },
    messages,
  };
  try {
    return await dispatch(argv, context);
  } catch (error) {
    const failure = ClocheError.isInstance(error) ? error : internalError(error);
    messages.error(failure);
    return EXIT_CODE_OF_ERROR[failure.code];
  }
}

async function dispatch(argv: readonly string[], context: CommandContext): Promise<number> {
  let exitCode = 0;
  const program = buildProgram({
    root: ROOT_DEFINITION,
    commands: ALL_DEFINITIONS,
    version: manifest.version,
    words: argv,
    locale: context.locale,
    onCommand: async (definition, words, options) => {
      const command = await definition.load?.();
      exitCode = (await command?.(words, options, context)) ?? 0;
    },
  });
  if (argv.length === 0) {
    standardError().write(program.helpInformation());
    return USAGE_EXIT_CODE;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Thrown after help and version, which are printed by then.
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
}
