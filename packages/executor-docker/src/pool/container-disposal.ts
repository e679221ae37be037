import type { Logger } from '@cloche/core/executor';
import type { SandboxContainer } from '../container/sandbox-container.ts';
import type { Engine } from '../engine/engine.ts';
import type { StartGate } from './start-gate.ts';

/** Until then a container that has done its work may be in the way of others: it holds memory and a place. */
const PATIENCE_MS = 1000;

export interface DisposalSetup {
  readonly engine: Engine;
  readonly gate: StartGate;
  readonly logger: Logger;
  /** Names of those that could not be removed; outlives the connection on which that failed. */
  readonly left: Set<string>;
}

/** Removes containers that are no longer needed, beside everything that somebody waits for. */
export class ContainerDisposal {
  readonly #setup: DisposalSetup;
  readonly #removals = new Set<Promise<void>>();

  constructor(setup: DisposalSetup) {
    this.#setup = setup;
    this.#track(this.#removeLeft());
  }

  add(container: SandboxContainer): void {
    this.#track(this.#remove(container));
  }

  /** Everything that was added is removed, or has been complained of. */
  async settle(): Promise<void> {
    this.#setup.gate.close();
    // At one time: an engine that does not answer must be waited for once, not once for each.
    this.#track(this.#removeLeft());
    await Promise.all(this.#removals);
  }

  #track(work: Promise<void>): void {
    const removal = work.finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  async #remove(container: SandboxContainer): Promise<void> {
    const { gate, logger, left } = this.#setup;
    await gate.whenQuiet(PATIENCE_MS);
    try {
      await container.remove();
    } catch (error) {
      left.add(container.name);
      logger.warn('a container could not be removed; that is tried again when the engine answers', {
        container: container.name,
        reason: error instanceof Error ? error.message : String(error),
      });
      return;
    }
    await this.#removeLeft();
  }

  async #removeLeft(): Promise<void> {
    const { engine, left } = this.#setup;
    const names = [...left];
    left.clear();
    await Promise.all(names.map((name) => engine.containers.remove(name).catch(() => left.add(name))));
  }
}
