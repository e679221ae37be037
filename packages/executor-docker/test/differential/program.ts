import type { ExecutionRequest, LanguageId } from '@cloche/core/executor';

/**
 * A program that prints what it can observe. What it prints must not depend on chance (process ids, addresses,
 * times), since both ways are compared byte for byte; what an interpreter says at a plain start stands in
 * `exitCode`, `signal`, `stdout` and `stderr`, so that a program that fails for a silly reason is no proof.
 */
export interface Program {
  /** What is observed. */
  readonly name: string;
  readonly code: string | Uint8Array;
  /** Default: as the language has it. */
  readonly fileName?: string;
  /** Further files of the work directory. */
  readonly files?: Readonly<Record<string, string>>;
  readonly request?: Pick<ExecutionRequest, 'arguments' | 'compileArguments' | 'environment' | 'stdin'>;
  /** Default 0; not looked at where there is a signal. */
  readonly exitCode?: number;
  readonly signal?: string;
  /** Stands in what it prints. */
  readonly stdout?: string | RegExp;
  readonly stderr?: string | RegExp;
}

/** A program that must not be started ahead. */
export interface PlainProgram extends Program {
  readonly language: LanguageId;
}
