import { RequestRefused } from '../exchange/request-refused.ts';
import type { HttpLimits } from '../http-limits.ts';
import { TokenBucket } from './token-bucket.ts';

export type AdmissionLimits = Pick<
  HttpLimits,
  'calls' | 'callsPerClient' | 'requestBurstPerClient' | 'requestsPerSecondPerClient'
>;

/** What a request takes part in: its body is being read, or its calls are in flight. */
type Occupation = 'calls' | 'reading';

interface ClientRecord {
  readonly bucket: TokenBucket;
  readonly occupied: Record<Occupation, number>;
}

/** What a refusal says of one client that has too many, and of all clients together. */
const REFUSALS: Readonly<
  Record<Occupation, { readonly own: (count: number) => string; readonly all: string }>
> = {
  calls: {
    own: (count) => `This client has ${count} calls in flight`,
    all: 'The server is busy with the calls of all its clients.',
  },
  reading: {
    own: (count) => `This client sends ${count} requests at once`,
    all: 'The server is busy with the requests of all its clients.',
  },
};

const FORGET_INTERVAL_MS = 1_000;
const RETRY_AFTER_SECONDS = 1;

/**
 * How much of the server each client has, and all of them together. Reading is counted apart from the calls: a client
 * whose calls are all taken can still cancel one of them, and answer what one of them asks.
 */
export class RequestAdmission {
  readonly #limits: AdmissionLimits;
  readonly #clients = new Map<string, ClientRecord>();
  readonly #occupied: Record<Occupation, number> = { calls: 0, reading: 0 };
  #forgottenAtMs = performance.now();

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  /**
   * One request that occupies nothing, such as opening a stream.
   *
   * @throws RequestRefused 429
   */
  admitRequest(principal: string): void {
    this.#takeTokens(this.#client(principal), 1);
  }

  /**
   * One request whose body is to be read.
   *
   * @returns releases it; without effect the second time
   * @throws RequestRefused 429 where this client has too much, 503 where all of them together have
   */
  admitReading(principal: string): () => void {
    const client = this.#client(principal);
    const release = this.#occupy(client, 'reading', 1);
    try {
      this.#takeTokens(client, 1);
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /**
   * The calls of one request that was read.
   *
   * @returns releases them; without effect the second time
   * @throws RequestRefused 429 where this client has too much, 503 where all of them together have
   */
  admitCalls(principal: string, count: number): () => void {
    const client = this.#client(principal);
    const release = this.#occupy(client, 'calls', count);
    try {
      // The first of them was paid for with its request.
      if (count > 1) this.#takeTokens(client, count - 1);
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  #occupy({ occupied }: ClientRecord, occupation: Occupation, count: number): () => void {
    const { calls, callsPerClient } = this.#limits;
    if (occupied[occupation] + count > callsPerClient) {
      const own = REFUSALS[occupation].own(occupied[occupation]);
      throw tooMuch(429, `${own}, and ${callsPerClient} are allowed.`);
    }
    if (this.#occupied[occupation] + count > calls) {
      throw tooMuch(503, REFUSALS[occupation].all);
    }
    occupied[occupation] += count;
    this.#occupied[occupation] += count;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      occupied[occupation] -= count;
      this.#occupied[occupation] -= count;
    };
  }

  #takeTokens(client: ClientRecord, count: number): void {
    const waitSeconds = client.bucket.take(count, performance.now());
    if (waitSeconds === 0) return;
    const { requestsPerSecondPerClient } = this.#limits;
    throw tooMuch(
      429,
      `This client sends more than ${requestsPerSecondPerClient} requests a second.`,
      Math.ceil(waitSeconds),
    );
  }

  #client(principal: string): ClientRecord {
    const known = this.#clients.get(principal);
    if (known) return known;
    const nowMs = performance.now();
    this.#forgetIdle(nowMs);
    const { requestBurstPerClient, requestsPerSecondPerClient } = this.#limits;
    const record: ClientRecord = {
      bucket: new TokenBucket(requestBurstPerClient, requestsPerSecondPerClient, nowMs),
      occupied: { calls: 0, reading: 0 },
    };
    this.#clients.set(principal, record);
    return record;
  }

  /** A client with a full bucket and no call is as good as unknown. */
  #forgetIdle(nowMs: number): void {
    if (nowMs - this.#forgottenAtMs < FORGET_INTERVAL_MS) return;
    this.#forgottenAtMs = nowMs;
    for (const [principal, { bucket, occupied }] of this.#clients) {
      const isIdle = occupied.calls === 0 && occupied.reading === 0;
      if (isIdle && bucket.isFull(nowMs)) this.#clients.delete(principal);
    }
  }
}

function tooMuch(status: 429 | 503, reason: string, retryAfterSeconds = RETRY_AFTER_SECONDS): RequestRefused {
  return new RequestRefused({
    status,
    message: `${reason} Try again in ${retryAfterSeconds} s.`,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  });
}
