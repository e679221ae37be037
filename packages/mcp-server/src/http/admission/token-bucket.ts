/** Lets bursts through and holds the average: refills at a steady rate, up to what it holds. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #refillPerSecond: number;
  #tokens: number;
  #countedAtMs: number;

  constructor(capacity: number, refillPerSecond: number, nowMs: number) {
    this.#capacity = capacity;
    this.#refillPerSecond = refillPerSecond;
    this.#tokens = capacity;
    this.#countedAtMs = nowMs;
  }

  /** @returns 0 when they were taken, otherwise in how many seconds they will be there, and nothing is taken */
  take(count: number, nowMs: number): number {
    this.#refill(nowMs);
    if (this.#tokens < count) return (count - this.#tokens) / this.#refillPerSecond;
    this.#tokens -= count;
    return 0;
  }

  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#tokens >= this.#capacity;
  }

  #refill(nowMs: number): void {
    const elapsedSeconds = Math.max(0, nowMs - this.#countedAtMs) / 1_000;
    this.#tokens = Math.min(this.#capacity, this.#tokens + elapsedSeconds * this.#refillPerSecond);
    this.#countedAtMs = nowMs;
  }
}
