import { ClocheError } from '@cloche/core/executor';
import { internalError } from '../command/internal-error.ts';

export function asRunFailure(error: unknown): ClocheError {
  return ClocheError.isInstance(error) ? error : internalError(error);
}
