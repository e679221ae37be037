import type { GenerationResult } from '@cloche/core';
import {
  exitCodeOfResult,
  exitCodeOfSignal,
  NO_PROGRAM_EXIT_CODE,
  TIMEOUT_EXIT_CODE,
} from '../../program/exit-codes.ts';

/** That of the last run, as with `cloche run`; where none went well it is never 0. */
export function generationExitCode({ status, endedBy, execution }: GenerationResult): number {
  switch (status) {
    case 'ok':
    case 'not_executed':
      return 0;
    case 'cancelled':
      return exitCodeOfSignal('SIGINT');
    case 'failed': {
      const code = execution === null || execution.status === 'ok' ? 0 : exitCodeOfResult(execution);
      if (code !== 0) return code;
      return endedBy === 'time_used' ? TIMEOUT_EXIT_CODE : NO_PROGRAM_EXIT_CODE;
    }
  }
}
