import type { Readable, Writable } from 'node:stream';
import type { EnforcementReport, PlanFile } from '@cloche/core/executor';
import type { ControlGroup } from '../control-group/control-group.ts';

/** How a program ended. Both null: the end was not seen. */
export interface ProgramEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** A compiler or the program itself, under way. */
export interface PhaseProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Null when stdin is closed from the start. */
  readonly stdin: Writable | null;
  /** Settles when the program has ended and nothing that it started is left. Rejects when the place itself failed. */
  readonly ended: Promise<ProgramEnd>;
  /** Ends the program and everything that it started, at once; `ended` then settles. */
  kill(): void;
}

export interface PlaceSetup {
  readonly executionId: string;
  /** A private directory of this execution alone, removed by the caller. */
  readonly runDirectory: string;
  readonly files: readonly PlanFile[];
  readonly compileArgv: readonly string[] | null;
  readonly runArgv: readonly string[];
  /** Variables of the program; PATH, HOME, TMPDIR and LANG are added where they are absent. */
  readonly environment: Readonly<Record<string, string>>;
  /** Directories of the toolchain, for PATH. */
  readonly programDirectories: readonly string[];
  /** Directories outside the system's own that must be readable. */
  readonly readableDirectories: readonly string[];
  /** Where Go keeps its compiled standard library; null for other languages. */
  readonly goCacheDirectory: string | null;
  readonly hasStdin: boolean;
  readonly network: 'none' | 'full';
  readonly scratchBytes: number;
  readonly openFileCount: number;
  readonly processCount: number;
  readonly controlGroup: ControlGroup | null;
}

/** Limits that the place itself holds. */
export type SandboxLimits = Pick<EnforcementReport, 'scratch' | 'openFiles' | 'processes'>;

/** The files when nobody but the reader is left to touch them, as far as this place can make sure of that. */
export interface FinishedFiles {
  readonly workDirectory: string;
  /** True when no byte more fits. */
  readonly isScratchFull: boolean;
}

/** Where one execution takes place: its files, its phases one after the other, and the way to end it all. */
export interface Place {
  startPhase(phase: 'compile' | 'run'): PhaseProcess;
  /** What is in force here, apart from wall time and output, which the caller holds. Call once a phase is under way. */
  enforcement(): Promise<SandboxLimits>;
  /** Processes of this execution, for watching their memory. */
  processes(): readonly number[];
  /** Ends every process and gives the files. Null when they are gone. */
  finish(): Promise<FinishedFiles | null>;
  /** Ends everything and gives everything back. Without effect the second time. */
  close(): Promise<void>;
}
