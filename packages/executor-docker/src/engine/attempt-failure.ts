import type { EngineEndpoint } from './engine-endpoint.ts';

/** An endpoint that was tried in vain. */
export interface AttemptFailure {
  readonly endpoint: EngineEndpoint;
  /** As it came, not yet mapped. */
  readonly error: unknown;
}
