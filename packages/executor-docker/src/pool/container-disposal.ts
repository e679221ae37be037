import type { Logger } from '@cloche/core/executor';
import type { SandboxContainer } from '../container/sandbox-container.ts';
import type { StartGate } from './start-gate.ts';

/** Until then a container that has done its work may be in the way of others: it holds memory and a place. */
const PATIENCE_MS = 1000;

/** Removes containers that are no longer needed, beside everything that somebody waits for. */
export class ContainerDisposal {
  readonly #gate: StartGate;
  readonly #logger: Logger;
  readonly #removals = new Set<Promise<void>>();

  constructor(gate: StartGate, logger: Logger) {
    this.#gate = gate;
    this.#logger = logger;
  }

  add(container: SandboxContainer): void {
    const removal = this.#remove(container).finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  /** Everything that was added is removed, or has been complained of. */
  async settle(): Promise<void> {
    this.#gate.close();
    await Promise.all(this.#removals);
  }

  async #remove(container: SandboxContainer): Promise<void> {
    await this.#gate.whenQuiet(PATIENCE_MS);
    try {
      await container.remove();
    } catch (error) {
      this.#logger.warn('a container could not be removed; `cloche clean` removes it later', {
        container: container.name,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
}
