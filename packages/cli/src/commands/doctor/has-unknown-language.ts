import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { ExecutorCapabilities } from '@cloche/core/executor';

/** Whether the executor left a language out: what is not there it would have said so of. */
export function hasUnknownLanguage(capabilities: ExecutorCapabilities | null): boolean {
  return capabilities !== null && LANGUAGE_IDS.some((id) => capabilities.languages[id] === undefined);
}
