import type { LanguageId } from '../languages/language-id.ts';
import type { ExecutionLimits } from '../limits/execution-limits.ts';

/** `none`: no network at all, loopback inside the sandbox aside. `full`: what the host can reach. */
export const NETWORK_POLICIES = ['none', 'full'] as const;
export type NetworkPolicy = (typeof NETWORK_POLICIES)[number];

export interface RequestFile {
  /** Relative to the work directory, with `/`; no `..`, no absolute path. */
  readonly path: string;
  readonly content: Uint8Array | string;
  /** Default false. */
  readonly executable?: boolean;
}

/** What somebody wants run, before configuration and defaults. */
export interface ExecutionRequest {
  readonly language: LanguageId;
  /** The program. Text is encoded as UTF-8. */
  readonly code: string | Uint8Array;
  /** Name of the program's file in the work directory. Default: the language's own (`main.py`). */
  readonly fileName?: string;
  /** Further files, sources and data alike. Sources of the same language are compiled together. */
  readonly files?: readonly RequestFile[];
  readonly arguments?: readonly string[];
  /** Added to the program's environment. Names must be identifiers. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Bytes or text: given whole, then closed. `'stream'`: through `Execution.write()`. Default: closed. */
  readonly stdin?: string | Uint8Array | { readonly kind: 'stream' };
  /** A value given here is required: where it cannot be enforced the request is refused. */
  readonly limits?: Partial<ExecutionLimits>;
  /** Default `none`. */
  readonly network?: NetworkPolicy;
  /** Whether files that the program wrote come back. Default true. */
  readonly collectArtifacts?: boolean;
  /** Flags for the compiler or, where there is none, the interpreter. */
  readonly compileArguments?: readonly string[];
}
