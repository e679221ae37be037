// npm run eval -- [--tasks FILE]: how many of a set of tasks a model solves, at the first try and with repairs.
import type { LoadedConfig } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import { configFlags, readConfig, withRunner } from '@cloche/mcp-server/command';
import type { CommandSurroundings } from '@cloche/mcp-server/command';
import { homedir } from 'node:os';
import { loadGenerator } from '../src/commands/generate/load-generator.ts';
import { Interruption } from '../src/commands/run/interruption.ts';
import { environment } from '../src/environment.ts';
import { MessageWriter } from '../src/output/message-writer.ts';
import { standardError } from '../src/output/standard-streams.ts';
import { EXIT_CODE_OF_ERROR } from '../src/program/exit-codes.ts';
import type { EvalReport } from './eval-report.ts';
import { totalsOf } from './eval-report.ts';
import type { EvalTask } from './eval-tasks.ts';
import { chooseTasks, readTasks } from './eval-tasks.ts';
import { formatReport } from './format-report.ts';
import { measureTasks } from './measure-tasks.ts';
import { readEvalOptions } from './read-eval-options.ts';
import type { TaskOutcome } from './task-outcome.ts';

const messages = new MessageWriter('en', false);
const interruption = new Interruption();
const surroundings: CommandSurroundings = {
  environment,
  workingDirectory: process.cwd(),
  homeDirectory: homedir(),
  platform: process.platform,
  isLocaleGiven: true,
  isDebug: false,
  errorStream: standardError(),
  messages,
};

async function evaluate(words: readonly string[]): Promise<void> {
  const { tasksFile, only, isJson, help, configOptions } = readEvalOptions(words);
  if (help !== null) {
    process.stdout.write(help);
    return;
  }
  const tasks = chooseTasks(await readTasks(tasksFile), only);
  const loaded = await readConfig(surroundings, configFlags(configOptions));
  const { report, failure } = await measure(tasks, loaded);
  process.stdout.write(`${isJson ? JSON.stringify(report, null, 2) : formatReport(report)}\n`);
  if (failure !== null) throw failure;
}

async function measure(
  tasks: readonly EvalTask[],
  loaded: LoadedConfig,
): Promise<{ readonly report: EvalReport; readonly failure: ClocheError | null }> {
  const { config } = loaded;
  const { createGenerator, modelName } = await loadGenerator(config, environment);
  const outcomes: TaskOutcome[] = [];
  const failure = await withRunner(surroundings, loaded, (runner) =>
    measureTasks(createGenerator(runner), tasks, {
      signal: interruption.signal,
      onTask: ({ id }) => messages.note({ en: `${id} …`, zh: `${id} …` }),
      onOutcome: (outcome) => outcomes.push(outcome),
    }),
  );
  const report = {
    modelName,
    executor: config.executor,
    maximumAttempts: config.generator.maximumAttempts,
    wantedTaskCount: tasks.length,
    tasks: outcomes,
    totals: totalsOf(outcomes),
  };
  return { report, failure };
}

try {
  await evaluate(process.argv.slice(2));
  process.exitCode = interruption.exitCode ?? 0;
} catch (error) {
  if (!ClocheError.isInstance(error)) throw error;
  messages.error(error);
  process.exitCode = EXIT_CODE_OF_ERROR[error.code];
} finally {
  interruption.dispose();
}
