import { CONFIG_KEYS } from '../config/config-keys.ts';
import type { LimitName } from '../executor/index.ts';

/** The flag of the command line behind a limit, for messages: `--memory`. */
export function limitFlag(limit: LimitName): string {
  return CONFIG_KEYS.find((definition) => definition.limit === limit)?.flag ?? limit;
}
