import { rm } from 'node:fs/promises';
import { baseDirectories, CONFIG_KEYS } from '@cloche/core';
import type { Config, ExecutorReapReport } from '@cloche/core';
import type { ConfigFlags } from '@cloche/mcp-server/command';
import { configFlags, readConfig, sweepOutputs, withRunner } from '@cloche/mcp-server/command';
import { print } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { PLATFORM_EXIT_CODE } from '../../program/exit-codes.ts';

/** `cloche clean`: the exit code is 125 where something could not be removed. */
export const cleanCommand: CommandFunction = async (_words, options, context) => {
  const isClean = await reap(context, configFlags(options));
  if (options.isSet('cache')) {
    const { cache } = baseDirectories(context);
    await rm(cache, { recursive: true, force: true });
    print(
      { en: `Removed the cache: ${printable(cache)}`, zh: `已删除缓存：${printable(cache)}` }[context.locale],
    );
  }
  return isClean ? 0 : PLATFORM_EXIT_CODE;
};

async function reap(context: CommandContext, flags: ConfigFlags): Promise<boolean> {
  const loaded = await readConfig(context, flags);
  const reports = await withRunner(context, loaded, (runner) => runner.reap());
  // What servers keep of long outputs: another one would remove it, whenever that is started.
  const outputs = await sweepOutputs(context);
  const removed = [
    ...reports.flatMap((report) => report.removed.map((item) => ({ ...item, executor: report.executor }))),
    ...outputs.map(({ server, name }) => ({ executor: server, kind: 'directory', name })),
  ];
  const failed = reports.flatMap((report) =>
    report.failed.map((item) => ({ ...item, executor: report.executor })),
  );
  for (const { executor, kind, name } of removed) print(`${executor}: ${kind} ${printable(name)}`);
  for (const { executor, kind, name, reason } of failed) {
    const item = `${executor}: ${kind} ${printable(name)}`;
    context.messages.warning({
      en: `Could not remove ${item}: ${reason}`,
      zh: `无法删除 ${item}：${reason}`,
    });
  }
  const asked = tellNotAsked(reports, loaded.config, context);
  const count = removed.length;
  if (count > 0 || failed.length > 0) {
    print({ en: `Removed: ${count}`, zh: `已删除：${count} 项` }[context.locale]);
  } else if (asked.length === reports.length) {
    print({ en: 'Nothing was left behind.', zh: '没有遗留内容。' }[context.locale]);
  } else if (asked.length > 0) {
    const names = asked.map(({ executor }) => executor).join(', ');
    print(
      { en: `Nothing was left behind by: ${names}`, zh: `以下执行器没有遗留内容：${names}` }[context.locale],
    );
  }
  return failed.length === 0;
}

/** @returns the reports of those that were asked: of the others nobody knows what they left */
function tellNotAsked(
  reports: readonly ExecutorReapReport[],
  config: Config,
  { messages }: CommandContext,
): readonly ExecutorReapReport[] {
  for (const { executor, problem } of reports) {
    if (problem === null) continue;
    const missing = missingSecret(executor, config);
    if (missing !== null) {
      messages.note({
        en: `${executor} was not asked: ${missing} is not set.`,
        zh: `未检查 ${executor}：没有设置 ${missing}。`,
      });
      continue;
    }
    messages.warning({
      en: `Could not look for what ${executor} left behind: ${problem.en}`,
      zh: `无法查找 ${executor} 遗留的内容：${problem.zh}`,
    });
  }
  return reports.filter(({ problem }) => problem === null);
}

/** The variable of the key that an executor needs and nobody has set: whoever has no account has left nothing there. */
function missingSecret(executor: string, { executorOptions }: Config): string | null {
  const definition = CONFIG_KEYS.find(({ key, secret }) => secret && key.startsWith(`${executor}.`));
  if (definition === undefined) return null;
  const isSet = Object.hasOwn(executorOptions[executor] ?? {}, definition.key.slice(executor.length + 1));
  return isSet ? null : (definition.variables[0] ?? definition.key);
}
