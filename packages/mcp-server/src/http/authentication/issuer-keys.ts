import type { Logger } from '@cloche/core/executor';
import type { JWTVerifyGetKey } from 'jose';
import { createRemoteJWKSet, customFetch } from 'jose';
import { discoverKeysAddress } from './discover-keys-address.ts';
import { fetchBounded } from './fetch-bounded.ts';

const KEYS_TIMEOUT_MS = 5_000;
const KEYS_COOLDOWN_MS = 30_000;
const KEYS_MAX_AGE_MS = 600_000;
/** An issuer that moves its keys is followed within the hour. */
const ADDRESS_MAX_AGE_MS = 3_600_000;
/** Whoever sends tokens must not make this server ask its issuer each time. */
const RETRY_AFTER_MS = 5_000;

/** The public keys behind one address, asked for when a token needs them. */
export function keysAt(address: URL): JWTVerifyGetKey {
  return createRemoteJWKSet(address, {
    timeoutDuration: KEYS_TIMEOUT_MS,
    cooldownDuration: KEYS_COOLDOWN_MS,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    [customFetch]: (url, { signal }) => fetchBounded(url, signal),
  });
}

/** The keys of an issuer that says itself where they are. It is asked with the first token, and not at the start. */
export class DiscoveredKeys {
  readonly #issuer: string;
  readonly #logger: Logger | undefined;
  #known: { readonly address: string; readonly keys: JWTVerifyGetKey } | null = null;
  #askAgainAtMs = -Infinity;
  #asking: Promise<void> | null = null;
  #failure: unknown = null;

  constructor(issuer: string, logger: Logger | undefined) {
    this.#issuer = issuer;
    this.#logger = logger;
  }

  /** @throws Error where the issuer has never said where they are */
  readonly key: JWTVerifyGetKey = async (header, token) => {
    if (performance.now() >= this.#askAgainAtMs) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = null;
      });
    }
    // Keys that are known serve on while their place is looked up again.
    if (this.#known === null) await this.#asking;
    if (this.#known === null) throw this.#failure;
    return this.#known.keys(header, token);
  };

  /** Never rejects. */
  async #ask(): Promise<void> {
    try {
      const address = await discoverKeysAddress(this.#issuer);
      if (this.#known?.address !== address.href)
        this.#known = { address: address.href, keys: keysAt(address) };
      this.#askAgainAtMs = performance.now() + ADDRESS_MAX_AGE_MS;
    } catch (error) {
      this.#failure = error;
      this.#askAgainAtMs = performance.now() + RETRY_AFTER_MS;
      const reason = error instanceof Error ? error.message : String(error);
      this.#logger?.warn('the keys of the token issuer cannot be found', { issuer: this.#issuer, reason });
    }
  }
}
