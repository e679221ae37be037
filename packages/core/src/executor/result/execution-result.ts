import type { Isolation } from '../isolation.ts';
import type { LanguageId } from '../languages/language-id.ts';
import type { EnforcedLimit, EnforcementReport } from '../limits/limit-support.ts';
import type { LocalizedText } from '../localized-text.ts';
import type { ErrorCode } from '../errors/error-code.ts';
import type { NetworkPolicy } from '../plan/execution-request.ts';
import type { CapturedOutput } from './captured-output.ts';

export const EXECUTION_STATUSES = [
  'ok',
  'compile_error',
  'install_error',
  'runtime_error',
  'timeout',
  'out_of_memory',
  'limit',
  'cancelled',
] as const;

/** What became of a program. See the table in `docs/reference/results.md`. */
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

export const PHASES = ['install', 'compile', 'run'] as const;
export type Phase = (typeof PHASES)[number];

/** Why the platform ended a phase. Null in a phase that ended by itself. */
export type StopReason = 'timeout' | 'out_of_memory' | 'limit' | 'cancelled';

export interface PhaseResult {
  /** Null when a signal ended the process, or when the end was not seen. Never made up. */
  readonly exitCode: number | null;
  /** `SIGSEGV` and the like. Null when the process exited by itself, or when the end was not seen. */
  readonly signal: string | null;
  readonly stdout: CapturedOutput;
  readonly stderr: CapturedOutput;
  readonly durationMs: number;
  readonly stoppedBy: StopReason | null;
}

/** A file that the program made or changed. */
export interface Artifact {
  /** Relative to the work directory, with `/`; never absolute, never with `..`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

/** Something in the work directory that did not become an artifact. */
export interface OmittedArtifact {
  /** Invalid UTF-8 in the name is replaced. */
  readonly path: string;
  readonly reason: 'too_large' | 'too_many' | 'not_a_regular_file' | 'invalid_name';
}

/** An executor that `auto` preferred and did not take. */
export interface PassedOverExecutor {
  readonly name: string;
  readonly code: ErrorCode;
  readonly reason: LocalizedText;
}

/** The content of a container image, whatever its name means later. */
export interface ExecutionImage {
  /** As it was asked for: `python:3.14-slim`. */
  readonly reference: string;
  /** `sha256:…`: names the content. */
  readonly id: string;
  /** As its registry names it: `python@sha256:…`. Null for an image that was made here. */
  readonly digest: string | null;
}

/** What an executor reports of one execution. */
export interface ExecutionResult {
  readonly id: string;
  readonly language: LanguageId;
  readonly status: ExecutionStatus;
  /** Null where the phase did not take place. */
  readonly install: PhaseResult | null;
  readonly compile: PhaseResult | null;
  readonly run: PhaseResult | null;
  /** The phase in which a `timeout`, `out_of_memory`, `limit` or `cancelled` happened; null otherwise, or before any phase. */
  readonly stoppedIn: Phase | null;
  /** Which limit, for status `limit` and `out_of_memory`. */
  readonly limit: EnforcedLimit | null;
  /** What the person can do about it, for known endings. */
  readonly hint: LocalizedText | null;
  readonly artifacts: readonly Artifact[];
  readonly omittedArtifacts: readonly OmittedArtifact[];
  /**
   * Paths of the plan's files that are no regular file any more: the program removed or moved them, or put something
   * else in their place. Empty where artifacts were not collected, or did not all come back.
   */
  readonly removedFiles: readonly string[];
  readonly executor: {
    readonly name: string;
    readonly isolation: Isolation;
    readonly passedOver: readonly PassedOverExecutor[];
  };
  /** Version of the compiler or interpreter. Null when not known. */
  readonly toolchainVersion: string | null;
  /** The container image that it ran in. Null for an executor without images, and where nothing was started. */
  readonly image: ExecutionImage | null;
  /** What network the program really had; null where it never started. */
  readonly network: NetworkPolicy | null;
  /** What was really in force, read where it takes effect. */
  readonly enforcement: EnforcementReport;
  /** Things that people should know about this run: a weaker isolation than usual, a clean-up that failed. */
  readonly warnings: readonly LocalizedText[];
  /** From `execute()` to the result, waiting in the queue included. */
  readonly durationMs: number;
}
