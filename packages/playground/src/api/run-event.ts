import type { AttemptStatus, GenerationEvent, GenerationResult } from '@cloche/core';
import type { ExecutionResult, LanguageId, OmittedArtifact, Phase, StageEvent } from '@cloche/core/executor';
import type { ApiError } from './runs.ts';

/** Of a file that a program wrote; its bytes are fetched apart. */
export interface ArtifactInfo {
  readonly path: string;
  readonly byteCount: number;
  readonly mediaType: string;
}

/** `not_stored`: the disk of the server did not take it. */
export interface OmittedArtifactInfo {
  readonly path: string;
  readonly reason: OmittedArtifact['reason'] | 'not_stored';
}

/** An execution's result without what has been said before: output, artifacts' bytes. */
export interface ResultInfo extends Pick<
  ExecutionResult,
  | 'status'
  | 'language'
  | 'stoppedIn'
  | 'limit'
  | 'hint'
  | 'executor'
  | 'toolchainVersion'
  | 'network'
  | 'enforcement'
  | 'warnings'
  | 'durationMs'
> {
  /** Those that ran, in their order. */
  readonly phases: readonly PhaseInfo[];
  readonly artifacts: readonly ArtifactInfo[];
  readonly omittedArtifacts: readonly OmittedArtifactInfo[];
}

export interface PhaseInfo {
  readonly phase: Phase;
  /** Null: a signal ended it, or Cloche did. */
  readonly exitCode: number | null;
  /** `SIGSEGV`. Null: none ended it. */
  readonly signal: string | null;
  readonly durationMs: number;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
}

export interface AttemptInfo {
  /** From 1 on. */
  readonly number: number;
  /** The program. Null: the answer held none. */
  readonly code: string | null;
  /** Of the program. Null: there is none. */
  readonly language: LanguageId | null;
  readonly status: AttemptStatus;
  /** What the model was told was wrong. Null: nothing was. */
  readonly error: string | null;
  readonly durationMs: number;
}

export type RunEvent =
  | StageEvent
  /** Text, whole characters; what the program wrote in some milliseconds. `bytesLeftOut`: it wrote more than is kept. */
  | {
      readonly type: 'stdout' | 'stderr';
      readonly phase: Phase;
      readonly text: string;
      readonly bytesLeftOut?: number;
    }
  /** Of a generation: what the model writes. */
  | Extract<GenerationEvent, { readonly type: 'attempt' | 'code' | 'written' }>
  | { readonly type: 'attempted'; readonly attempt: AttemptInfo }
  /** A program ended; of a generation, there may be several. */
  | { readonly type: 'execution'; readonly result: ResultInfo }
  /** The last one of a generation that did not fail. */
  | {
      readonly type: 'generation';
      readonly result: Pick<
        GenerationResult,
        'status' | 'endedBy' | 'explanation' | 'usage' | 'costUsd' | 'durationMs' | 'model'
      >;
    }
  /** The platform failed, in place of a result. */
  | { readonly type: 'failed'; readonly error: ApiError };
