import { randomBytes } from 'node:crypto';
import type { McpServer } from '@modelcontextprotocol/server';
import { RequestRefused } from '../exchange/request-refused.ts';
import type { HttpLimits } from '../http-limits.ts';
import { LegacySession } from './legacy-session.ts';

const SESSION_ID_BYTES = 32;
const SESSION_NOT_FOUND = -32_001;
const RETRY_AFTER_SECONDS = 10;

export type LegacySessionLimits = Pick<
  HttpLimits,
  'sessionIdleTimeoutMs' | 'sessions' | 'sessionsPerClient' | 'streamCommentIntervalMs'
>;

/** The sessions of 2025-era clients. An id is of use to the principal that opened it alone. */
export class LegacySessions {
  readonly #limits: LegacySessionLimits;
  readonly #serverFor: (principal: string) => McpServer;
  readonly #sessions = new Map<string, LegacySession>();

  constructor(limits: LegacySessionLimits, serverFor: (principal: string) => McpServer) {
    this.#limits = limits;
    this.#serverFor = serverFor;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** @throws RequestRefused 404, the same for somebody else's and for none */
  find(id: string, principal: string): LegacySession {
    const session = this.#sessions.get(id);
    if (session?.principal === principal) return session;
    throw new RequestRefused({
      status: 404,
      code: SESSION_NOT_FOUND,
      message: 'There is no such session; it may have expired. Initialize a new one.',
    });
  }

  /** @throws RequestRefused 429 or 503 where there are too many */
  async open(principal: string): Promise<LegacySession> {
    const replaced = this.#makeRoom(principal);
    const id = randomBytes(SESSION_ID_BYTES).toString('base64url');
    const session = new LegacySession({
      id,
      principal,
      server: this.#serverFor(principal),
      limits: this.#limits,
      onEnd: () => this.#sessions.delete(id),
    });
    // Before anything is waited for: others open sessions at the same time.
    this.#sessions.set(id, session);
    try {
      await replaced?.end('A newer session took the place of this one.');
      await session.connect();
    } catch (error) {
      this.#sessions.delete(id);
      throw error;
    }
    return session;
  }

  async endAll(reason: string): Promise<void> {
    await Promise.allSettled([...this.#sessions.values()].map((session) => session.end(reason)));
  }

  /** @returns the session that has lost its place, which is to be ended; null where there is room */
  #makeRoom(principal: string): LegacySession | null {
    const own = [...this.#sessions.values()].filter((session) => session.principal === principal);
    const isFullForClient = own.length >= this.#limits.sessionsPerClient;
    if (!isFullForClient && this.#sessions.size < this.#limits.sessions) return null;
    // Many clients forget to end what they began; nobody loses a session to somebody else.
    const [oldest] = own
      .filter((session) => session.isIdle)
      .toSorted((one, other) => one.usedAtMs - other.usedAtMs);
    if (oldest) {
      this.#sessions.delete(oldest.id);
      return oldest;
    }
    throw new RequestRefused({
      status: isFullForClient ? 429 : 503,
      message: isFullForClient
        ? `This client has ${own.length} sessions in use, and no more are allowed. End one of them.`
        : 'The server has no room for another session. Try again later.',
      headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
    });
  }
}
