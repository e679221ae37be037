import { constants } from 'node:os';
import type { ErrorCode, ExecutionResult, PhaseResult } from '@cloche/core/executor';

/** The command line itself was at fault. */
export const USAGE_EXIT_CODE = 2;
export const TIMEOUT_EXIT_CODE = 124;
/** A model wrote no program that could be run. */
export const NO_PROGRAM_EXIT_CODE = 1;
/** The platform was at fault, not the program. */
export const PLATFORM_EXIT_CODE = 125;
/** What a shell shows for a process that the kernel killed for its memory. */
const LIMIT_EXIT_CODE = 137;

/** Errors of the request are found before anything starts; the others are the platform's. */
export const EXIT_CODE_OF_ERROR: Readonly<Record<ErrorCode, number>> = {
  ERR_CONFIG_INVALID: USAGE_EXIT_CODE,
  ERR_REQUEST_INVALID: USAGE_EXIT_CODE,
  ERR_LANGUAGE_UNSUPPORTED: USAGE_EXIT_CODE,
  ERR_CAPABILITY_UNSUPPORTED: PLATFORM_EXIT_CODE,
  ERR_EXECUTOR_NOT_FOUND: PLATFORM_EXIT_CODE,
  ERR_EXECUTOR_UNAVAILABLE: PLATFORM_EXIT_CODE,
  ERR_EXECUTOR_FAILED: PLATFORM_EXIT_CODE,
  ERR_GENERATOR_FAILED: PLATFORM_EXIT_CODE,
  ERR_INTERNAL: PLATFORM_EXIT_CODE,
};

/** 128 and the signal's number, as shells have it. */
export function exitCodeOfSignal(signal: string): number {
  const number = (constants.signals as Readonly<Record<string, number>>)[signal];
  return number === undefined ? PLATFORM_EXIT_CODE : 128 + number;
}

/** The exit code for a result: the program's own, or the compiler's, wherever one of them ended by itself. */
export function exitCodeOfResult(result: ExecutionResult): number {
  switch (result.status) {
    case 'ok':
      return 0;
    case 'timeout':
      return TIMEOUT_EXIT_CODE;
    case 'out_of_memory':
    case 'limit':
      return LIMIT_EXIT_CODE;
    case 'cancelled':
      return exitCodeOfSignal('SIGINT');
    case 'compile_error':
      return exitCodeOfPhase(result.compile);
    case 'install_error':
      return exitCodeOfPhase(result.install);
    case 'runtime_error':
      return exitCodeOfPhase(result.run);
  }
}

function exitCodeOfPhase(phase: PhaseResult | null): number {
  const signal = phase?.signal ?? null;
  if (signal !== null) return exitCodeOfSignal(signal);
  return phase?.exitCode ?? PLATFORM_EXIT_CODE;
}
