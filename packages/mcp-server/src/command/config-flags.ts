import { CONFIG_KEYS } from '@cloche/core';
import type { ConfigFlags } from './open-runner.ts';
import type { OptionReader } from './option-reader.ts';

/**
 * The options of a command line that are keys of the configuration.
 *
 * @param table of these keys alone, where the command has options of its own that are named like others; empty: of all
 */
export function configFlags(options: OptionReader, table = ''): ConfigFlags {
  const flags: ConfigFlags = {};
  for (const { key, flag } of CONFIG_KEYS) {
    const value = flag === null || !key.startsWith(table) ? null : options.text(flag.slice(2));
    if (value !== null) flags[key] = value;
  }
  return flags;
}
