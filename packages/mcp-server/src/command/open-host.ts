import { createExecutorHost, createLogger, parseLogSetting } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { ExecutorHost, Logger } from '@cloche/core/executor';
import type { CommandSurroundings } from './command-surroundings.ts';

/** What this command gives to executors. @throws ClocheError `ERR_CONFIG_INVALID` for a CLOCHE_LOG that says nothing */
export function openHost(surroundings: CommandSurroundings): ExecutorHost {
  const { environment, platform, homeDirectory } = surroundings;
  return createExecutorHost({ environment, platform, homeDirectory, logger: openLogger(surroundings) });
}

function openLogger({ environment, isDebug, errorStream }: CommandSurroundings): Logger {
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
  return createLogger({ level, format: parsed?.format ?? 'text', stream: errorStream });
}
