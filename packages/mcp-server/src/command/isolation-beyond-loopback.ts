import type { LoadedConfig } from '@cloche/core';
import { isIsolationAtLeast } from '@cloche/core/executor';
import type { CommandMessages } from './command-messages.ts';

const MINIMUM = 'container';
const KEY = 'isolation.minimum';

/**
 * The configuration of a server that other machines reach: programs of strangers run in a container at least, unless
 * whoever runs the server has said otherwise. A project's file is not theirs, and cannot say so.
 */
export function isolationBeyondLoopback(loaded: LoadedConfig, messages: CommandMessages): LoadedConfig {
  const { minimum } = loaded.config.isolation;
  if (isIsolationAtLeast(minimum, MINIMUM)) return loaded;
  const source = loaded.entries.find(({ key }) => key === KEY)?.source ?? null;
  if (source !== null && source.kind !== 'default' && source.kind !== 'project') {
    messages.warning(
      {
        en: `Other machines can reach this server, and ${KEY} is ${minimum} (${source.name}): their programs may run on this machine with less around them than a container.`,
        zh: `其他机器可以访问此服务器，而 ${KEY} 为 ${minimum}（${source.name}）：它们的程序可能在弱于容器的隔离下于本机运行。`,
      },
      {
        en: `Leave it out, or give: --isolation ${MINIMUM}`,
        zh: `请去掉该设置，或使用：--isolation ${MINIMUM}`,
      },
    );
    return loaded;
  }
  return {
    ...loaded,
    config: { ...loaded.config, isolation: { minimum: MINIMUM } },
    entries: loaded.entries.map((entry) =>
      entry.key === KEY ? { ...entry, value: MINIMUM, source: { kind: 'default', name: 'default' } } : entry,
    ),
  };
}
