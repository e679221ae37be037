import type { LanguageId } from '../executor/index.ts';
import type { ExecutorRegistry } from '../registry/executor-registry.ts';
import { askCapabilities } from './ask-capabilities.ts';
import type { ExecutorHealth } from './executor-health.ts';

export interface PrepareContext {
  readonly registry: ExecutorRegistry;
  /** Null: the executor was named, and its health is not asked for. */
  readonly health: ExecutorHealth | null;
}

/**
 * Asks the first of these executors that can have it what a run would ask, so that it is loaded and knows the answer.
 * Never rejects.
 */
export async function prepareExecutor(
  names: readonly string[],
  language: LanguageId,
  { registry, health }: PrepareContext,
  signal: AbortSignal,
): Promise<void> {
  for (const name of names) {
    try {
      if (health !== null) {
        const finding = health.known(name);
        const problem = finding === null ? await health.check(name) : finding.problem;
        if (problem !== null) continue;
      }
      if (signal.aborted) return;
      const query = { languages: [language], mayCost: false };
      const { languages } = await askCapabilities(await registry.executor(name), query, signal);
      if (languages[language]?.available !== false) return;
    } catch {
      // A run comes to the same, and says so to somebody.
      if (signal.aborted) return;
    }
  }
}
