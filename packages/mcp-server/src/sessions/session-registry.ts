import { randomBytes } from 'node:crypto';
import type { Runner } from '@cloche/core';
import type { Logger } from '@cloche/core/executor';
import { sessionNotFound, tooManySessions } from './session-errors.ts';
import type { SessionLimits } from './session-limits.ts';
import { SESSION_LIMITS } from './session-limits.ts';
import { Session } from './session.ts';

/** A handle cannot be guessed. */
const SESSION_ID_BYTES = 16;

export interface SessionRegistryOptions {
  readonly runner: Runner;
  readonly logger: Logger;
  /** Default: {@link SESSION_LIMITS}. */
  readonly limits?: SessionLimits;
}

/** The sessions of all principals, each known to its own alone. */
export class SessionRegistry implements AsyncDisposable {
  readonly #runner: Runner;
  readonly #logger: Logger;
  readonly #limits: SessionLimits;
  /** In the order of their beginnings. */
  readonly #sessions = new Map<string, Session>();
  readonly #expiries = new Map<Session, NodeJS.Timeout>();

  constructor({ runner, logger, limits = SESSION_LIMITS }: SessionRegistryOptions) {
    this.#runner = runner;
    this.#logger = logger;
    this.#limits = limits;
  }

  /** @throws ClocheError `ERR_REQUEST_INVALID` where there are as many as may be */
  open(principal: string): Session {
    const { perPrincipal, total, fileBytes } = this.#limits;
    const ownCount = this.list(principal).length;
    if (ownCount >= perPrincipal) throw tooManySessions(ownCount, true);
    if (this.#sessions.size >= total) throw tooManySessions(this.#sessions.size, false);
    const id = randomBytes(SESSION_ID_BYTES).toString('hex');
    const session = new Session(id, principal, this.#runner.openSession({ principal, fileBytes }), () =>
      this.#expireLater(session),
    );
    this.#sessions.set(id, session);
    return session;
  }

  /** @throws ClocheError `ERR_REQUEST_INVALID`, the same for an unknown session and for another principal's */
  find(principal: string, id: string): Session {
    const session = this.#sessions.get(id);
    if (session === undefined || session.principal !== principal) throw sessionNotFound(this.#limits);
    return session;
  }

  /** Newest first. */
  list(principal: string): readonly Session[] {
    return [...this.#sessions.values()].filter((session) => session.principal === principal).toReversed();
  }

  /** Cancels its runs and lets go of its files. Never rejects. */
  async close(session: Session): Promise<void> {
    this.#sessions.delete(session.id);
    this.#keepFromExpiring(session);
    try {
      await session.close();
    } catch (error) {
      this.#logger.warn('a session could not be closed', { error: String(error) });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => this.close(session)));
  }

  #expireLater(session: Session): void {
    this.#keepFromExpiring(session);
    if (!this.#sessions.has(session.id)) return;
    const expiry = setTimeout(() => {
      if (session.isIdle) void this.close(session);
    }, this.#limits.idleMs);
    expiry.unref();
    this.#expiries.set(session, expiry);
  }

  #keepFromExpiring(session: Session): void {
    clearTimeout(this.#expiries.get(session));
    this.#expiries.delete(session);
  }
}
