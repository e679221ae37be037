import type { PluginModule } from '@cloche/core';
import { validateOptions } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import { addedExecutors, configFlags, openHost, readConfig } from '@cloche/mcp-server/command';
import type { CommandContext } from '../../program/command-context.ts';
import type { ParsedOptions } from '../../program/parsed-options.ts';
import type { DaytonaSnapshots, OpenDaytonaSnapshots } from './daytona-snapshots.ts';

const ADD_COMMAND = 'cloche executors add daytona';

/**
 * Lends the snapshots of the service that the configuration means, and gives the connection back however that ends.
 *
 * @throws ClocheError `ERR_EXECUTOR_NOT_FOUND` where the executor was not added
 */
export async function withDaytonaSnapshots<Value>(
  context: CommandContext,
  options: ParsedOptions,
  use: (snapshots: DaytonaSnapshots) => Promise<Value>,
): Promise<Value> {
  const { config, entries } = await readConfig(context, configFlags(options, 'daytona.'));
  const module = await addedExecutors(context).importModule('daytona');
  if (module === null) throw notAdded();
  const open = snapshotsOf(module);
  const daytonaOptions = await validateOptions(
    module.plugin,
    config.executorOptions['daytona'] ?? {},
    (key) => entries.find((entry) => entry.key === key)?.source.name ?? null,
  );
  const snapshots = open(daytonaOptions, openHost(context));
  try {
    return await use(snapshots);
  } finally {
    await snapshots[Symbol.asyncDispose]();
  }
}

function snapshotsOf({ exports }: PluginModule): OpenDaytonaSnapshots {
  const open = exports['daytonaSnapshots'];
  if (typeof open === 'function') return open as OpenDaytonaSnapshots;
  throw new ClocheError({
    code: 'ERR_EXECUTOR_FAILED',
    message: {
      en: 'The executor daytona that was added cannot manage snapshots.',
      zh: '已添加的 daytona 执行器不支持管理快照。',
    },
    hint: { en: `Add its newest version: ${ADD_COMMAND}`, zh: `请添加最新版本：${ADD_COMMAND}` },
  });
}

function notAdded(): ClocheError {
  return new ClocheError({
    code: 'ERR_EXECUTOR_NOT_FOUND',
    message: {
      en: 'The executor daytona is not installed.',
      zh: '未安装 daytona 执行器。',
    },
    hint: { en: `Install it: ${ADD_COMMAND}`, zh: `安装：${ADD_COMMAND}` },
  });
}
