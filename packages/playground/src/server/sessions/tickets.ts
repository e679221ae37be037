import { createHash, randomBytes } from 'node:crypto';

/** Every open tab holds one, and an address that nobody opened another. */
const MOST_TICKETS = 1_000;

/** What stands in an address: good once, and for as long as the server runs. */
export class Tickets {
  /** Digests alone, in the order in which they were issued: comparing them tells nothing about a ticket. */
  readonly #digests = new Set<string>();

  issue(): string {
    const ticket = randomBytes(32).toString('base64url');
    this.#digests.add(digest(ticket));
    if (this.#digests.size > MOST_TICKETS) {
      const [oldest = ''] = this.#digests;
      this.#digests.delete(oldest);
    }
    return ticket;
  }

  /** Whether it may still be redeemed. */
  isGood(ticket: string): boolean {
    return this.#digests.has(digest(ticket));
  }

  /** Whether it was good; from now on it is not. */
  redeem(ticket: string): boolean {
    return this.#digests.delete(digest(ticket));
  }
}

function digest(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url');
}
