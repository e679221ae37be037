import type { Artifact, ExecutionResult, Phase } from '../result/execution-result.ts';

/** In this order. `pull` fetches an image; `create` makes the sandbox, where that takes a while. */
export const STAGES = ['queue', 'pull', 'create', 'install', 'compile', 'run'] as const;
export type Stage = (typeof STAGES)[number];

/** A stage began, moved on, or ended. */
export interface StageEvent {
  readonly type: 'stage';
  readonly stage: Stage;
  readonly state: 'started' | 'progress' | 'finished';
  /** Bytes or steps done, and how many there are; null when not known. Only with `progress`. */
  readonly progress?: {
    readonly done: number;
    readonly total: number | null;
    readonly unit: 'bytes' | 'steps';
  };
  /** What is going on, in English: `python:3.14-slim, layer 3 of 5`. */
  readonly detail?: string;
}

/** Output, as the program wrote it. Chunks may end inside a character. */
export interface OutputEvent {
  readonly type: 'stdout' | 'stderr';
  readonly phase: Phase;
  readonly data: Uint8Array;
}

export interface ArtifactEvent {
  readonly type: 'artifact';
  readonly artifact: Artifact;
}

/** The last event of every execution that does not throw; exactly one. */
export interface ResultEvent {
  readonly type: 'result';
  readonly result: ExecutionResult;
}

export type ExecutionEvent = StageEvent | OutputEvent | ArtifactEvent | ResultEvent;
