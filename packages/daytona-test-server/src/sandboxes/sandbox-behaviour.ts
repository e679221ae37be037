/** What becomes of the next sandbox that is created. */
export type NextSandboxStart =
  | 'error'
  | 'build_failed'
  /** It stays `creating` until it is deleted. */
  | 'never started'
  /** It is `creating` for so long, whatever the server's `startDelayMs` is. */
  | { readonly startsAfterMs: number };

/** What a deletion does from now on. */
export type DeletionBehaviour =
  | 'normal'
  /** It is accepted, and the sandbox is `destroying` for ever. */
  | 'stuck'
  /** So many are refused with 409, because the sandbox's state is changing; those after them are normal. */
  | { readonly conflicts: number };
