import type { LocalizedText, Logger } from '@cloche/core/executor';
import { pause } from '../pause.ts';
import type { DaytonaService } from '../service/daytona-service.ts';
import { ServiceFailure } from '../service/service-failure.ts';
import type { ServiceSandbox } from '../service/service-sandbox.ts';
import type { Timing } from '../service/timing.ts';
import { deleteInsistently } from './delete-insistently.ts';

/** What became of a sandbox that had to go. */
export type DisposalOutcome = 'deleted' | 'left';

export type Creation = Promise<ServiceSandbox> | 'over' | 'unknown';

/** Deletes sandboxes, in the background where that takes long, and knows what is still to be deleted. */
export class SandboxDisposal {
  readonly #service: DaytonaService;
  readonly #timing: Timing;
  readonly #logger: Logger;
  readonly #underWay = new Set<Promise<DisposalOutcome>>();
  readonly #ending = new AbortController();

  constructor(service: DaytonaService, timing: Timing, logger: Logger) {
    this.#service = service;
    this.#timing = timing;
    this.#logger = logger;
  }

  /** Waits a few seconds at the most; `left` means that it is not known to be deleted yet. */
  async delete(sandbox: ServiceSandbox): Promise<DisposalOutcome> {
    return atMost(
      this.#timing.resultWaitsMs,
      this.#track(sandbox.name, deleted(sandbox, this.#ending.signal)),
    );
  }

  /**
   * Deletes a sandbox of which only the name is known, where there is one.
   *
   * @param creation what may still bring it into being: a request that is under way, or one of which nobody knows what
   * became of it; `over`: nothing does
   */
  async deleteNamed(name: string, creation: Creation): Promise<DisposalOutcome> {
    return atMost(this.#timing.resultWaitsMs, this.#track(name, this.#deleteNamed(name, creation)));
  }

  /** Waits for everything that is under way, within reason. */
  async settle(): Promise<void> {
    await atMost(
      this.#timing.disposalWaitsMs,
      Promise.allSettled(this.#underWay).then(() => 'deleted'),
    );
    this.#ending.abort();
  }

  #track(name: string, work: Promise<DisposalOutcome>): Promise<DisposalOutcome> {
    this.#underWay.add(work);
    void work
      .catch((): DisposalOutcome => 'left')
      .then((outcome) => {
        this.#underWay.delete(work);
        if (outcome === 'left')
          this.#logger.warn('A Daytona sandbox could not be deleted.', { sandbox: name });
      });
    return work;
  }

  async #deleteNamed(name: string, creation: Creation): Promise<DisposalOutcome> {
    const created =
      typeof creation === 'string'
        ? null
        : creation.then(
            (sandbox) => deleted(sandbox, this.#ending.signal),
            () => null,
          );
    let outcome: DisposalOutcome = 'deleted';
    for (const wait of this.#timing.lookPausesMs) {
      const early = await Promise.race([
        created ?? never(),
        pause(wait, this.#ending.signal).then(() => null),
      ]);
      if (early !== null) return early;
      const found = await this.#lookOnce(name);
      // Where no API answers, none has created anything.
      if (found === 'found' || found === 'no service') return 'deleted';
      outcome = found === 'absent' ? 'deleted' : 'left';
      if (outcome === 'deleted' && creation === 'over') return outcome;
    }
    return (await created) ?? outcome;
  }

  async #lookOnce(name: string): Promise<'absent' | 'found' | 'left' | 'no service'> {
    try {
      const sandbox = await this.#service.find(name);
      if (sandbox === null) return 'absent';
      return (await deleted(sandbox, this.#ending.signal)) === 'deleted' ? 'found' : 'left';
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      return error.kind === 'address' ? 'no service' : 'left';
    }
  }
}

/** For the result of a run whose sandbox may be there still. */
export function leftWarning(name: string): LocalizedText {
  return {
    en: `The Daytona sandbox ${name} could not be deleted yet. It is stopped and deleted by itself; until then it may cost money. Delete it with cloche clean, or at https://app.daytona.io/dashboard/sandboxes`,
    zh: `Daytona 沙箱 ${name} 暂时未能删除。它会自动停止并删除，在此之前可能产生费用。可用 cloche clean 或在 https://app.daytona.io/dashboard/sandboxes 删除`,
  };
}

async function deleted(sandbox: ServiceSandbox, signal: AbortSignal): Promise<DisposalOutcome> {
  try {
    await deleteInsistently(sandbox, signal);
    return 'deleted';
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error;
    return 'left';
  }
}

function atMost(timeoutMs: number, work: Promise<DisposalOutcome>): Promise<DisposalOutcome> {
  const { promise, resolve } = Promise.withResolvers<DisposalOutcome>();
  const timer = setTimeout(() => resolve('left'), timeoutMs);
  work.then(resolve, () => resolve('left')).finally(() => clearTimeout(timer));
  return promise;
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
