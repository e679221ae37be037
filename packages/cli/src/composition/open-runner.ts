import { createExecutorHost, createLogger, createRunner, loadConfig, parseLogSetting } from '@cloche/core';
import type { ConfigKey, LoadedConfig, Runner } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { Logger } from '@cloche/core/executor';
import { standardError } from '../output/standard-streams.ts';
import type { CommandContext } from '../program/command-context.ts';
import { addedExecutors } from './added-executors.ts';
import { BUILT_IN_EXECUTORS } from './built-in-executors.ts';

export type ConfigFlags = Partial<Record<ConfigKey, string>>;

/** The configuration as this command line, environment and files have it. Its warnings are told here. */
export async function readConfig(context: CommandContext, flags: ConfigFlags): Promise<LoadedConfig> {
  const { environment, workingDirectory, homeDirectory, platform } = context;
  const loaded = await loadConfig({ flags, environment, workingDirectory, homeDirectory, platform });
  const { locale } = loaded.config;
  if (locale !== null && !context.isLocaleGiven) context.messages.locale = locale;
  for (const warning of loaded.warnings) context.messages.warning(warning);
  return loaded;
}

/** Lends a runner, and disposes it however that ends. */
export async function withRunner<Value>(
  context: CommandContext,
  loaded: LoadedConfig,
  use: (runner: Runner) => Promise<Value>,
): Promise<Value> {
  const runner = openRunner(context, loaded);
  try {
    return await use(runner);
  } finally {
    await runner[Symbol.asyncDispose]();
  }
}

/** Where everything comes together: the executors of this command, those that were added, the configuration. */
function openRunner(context: CommandContext, loaded: LoadedConfig): Runner {
  const { environment, platform, homeDirectory } = context;
  const added = addedExecutors(context);
  return createRunner({
    executors: BUILT_IN_EXECUTORS,
    resolve: (name) => added.loadPlugin(name),
    addedNames: async () => (await added.listPlugins()).map(({ name }) => name),
    config: loaded.config,
    configEntries: loaded.entries,
    host: createExecutorHost({ environment, platform, homeDirectory, logger: openLogger(context) }),
  });
}

/** @throws ClocheError `ERR_CONFIG_INVALID` for a CLOCHE_LOG that says nothing */
function openLogger({ environment, isDebug }: CommandContext): Logger {
  const setting = environment['CLOCHE_LOG'];
  const given = setting === undefined || setting === '' ? null : setting;
  const parsed = given === null ? null : parseLogSetting(given);
  if (given !== null && parsed === null) {
    const shown = JSON.stringify(given);
    throw new ClocheError({
      code: 'ERR_CONFIG_INVALID',
      message: {
        en: `CLOCHE_LOG is ${shown}, which is no log level.`,
        zh: `CLOCHE_LOG 的值 ${shown} 不是日志级别。`,
      },
      hint: {
        en: 'Give debug, info, warn, error or silent, and ,json for one object a line: CLOCHE_LOG=debug,json',
        zh: '请使用 debug、info、warn、error 或 silent，加 ,json 可逐行输出对象：CLOCHE_LOG=debug,json',
      },
    });
  }
  const level = isDebug ? 'debug' : (parsed?.level ?? 'warn');
  return createLogger({ level, format: parsed?.format ?? 'text', stream: standardError() });
}
