import type { ExecutorReport } from '@cloche/core';
import { configFlags, readConfig, withRunner } from '@cloche/mcp-server/command';
import { inEnglish } from '../../output/in-english.ts';
import { outputWidth, print, printJson } from '../../output/print-output.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { PLATFORM_EXIT_CODE } from '../../program/exit-codes.ts';
import { serializeGenerator } from './describe-generator.ts';
import { formatReport } from './format-report.ts';
import { hasUnknownLanguage } from './has-unknown-language.ts';
import { inspectGenerator } from './inspect-generator.ts';

/** `cloche doctor`: what can run here. The exit code says whether anything can. */
export const doctorCommand: CommandFunction = async (_words, options, context) => {
  const loaded = await readConfig(context, configFlags(options));
  const [reports, generator] = await Promise.all([
    withRunner(context, loaded, (runner) => runner.inspect()),
    inspectGenerator(loaded.config.generator, context.environment),
  ]);
  const canRun = reports.some(mayRunSomething);
  if (options.isSet('json')) {
    const executors = reports.map(serializeReport);
    printJson(inEnglish({ canRun, executors, generator: serializeGenerator(generator) }));
  } else print(formatReport(reports, generator, loaded.config, context.locale, outputWidth()));
  return canRun ? 0 : PLATFORM_EXIT_CODE;
};

/** An executor that is healthy and whose languages nobody has looked up yet counts as one that can. */
function mayRunSomething({ capabilities }: ExecutorReport): boolean {
  const languages = Object.values(capabilities?.languages ?? {});
  return languages.some(({ available }) => available) || hasUnknownLanguage(capabilities);
}

/** An error's own JSON form is English already. */
function serializeReport(report: ExecutorReport): unknown {
  return { ...report, error: report.error?.toJSON() ?? null };
}
