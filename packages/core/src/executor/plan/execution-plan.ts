import type { LanguageId } from '../languages/language-id.ts';
import type { ExecutionLimits, LimitName } from '../limits/execution-limits.ts';
import type { NetworkPolicy } from './execution-request.ts';

export interface PlanFile {
  /** Relative to the work directory, with `/`, checked: no `..`, not absolute, no NUL. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

export type PlanStdin =
  | { readonly kind: 'none' }
  | { readonly kind: 'bytes'; readonly content: Uint8Array }
  | { readonly kind: 'stream' };

/**
 * - `command`: run `argv` in the work directory before the run phase.
 * - `host-transform`: make JavaScript of every TypeScript file through `ExecutorHost.transformTypeScript`.
 */
export type PlanCompile =
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  | { readonly kind: 'host-transform' };

/**
 * One execution, fully resolved: an executor fills in no defaults. Paths in commands are relative to
 * the work directory; `../build/` is a writable directory beside it for what a compiler makes.
 */
export interface ExecutionPlan {
  /** Unique, letters and digits only; fit for names of containers and directories. */
  readonly id: string;
  readonly language: LanguageId;
  /** Path of the entry file, one of `files`. */
  readonly entry: string;
  readonly files: readonly PlanFile[];
  readonly compile: PlanCompile | null;
  /** The run command with the program's own arguments at its end. `argv[0]`: a program's name or `../build/…`. */
  readonly runArgv: readonly string[];
  /** The language's variables and the caller's. An executor adds PATH, HOME, TMPDIR and LANG where they are absent. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: PlanStdin;
  readonly limits: ExecutionLimits;
  /** The limits that the caller gave: refused by core where the executor cannot enforce them. */
  readonly requiredLimits: readonly LimitName[];
  readonly network: NetworkPolicy;
  /** Whether the caller gave `network`: refused by core where the executor does not offer it; a default is best-effort. */
  readonly isNetworkRequired: boolean;
  readonly collectArtifacts: boolean;
  /**
   * Whom it is for, as the caller tells its own clients apart; empty where there is only one. What one principal's
   * runs leave in a cache serves no other's, so that nobody learns what others ran.
   */
  readonly principal: string;
}
