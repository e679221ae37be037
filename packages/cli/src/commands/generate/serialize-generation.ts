import type { GenerationResult } from '@cloche/core';
import { serializeResult } from '../run/presenters/serialize-result.ts';

/** A generation as JSON: the contract's field names, and the last run as `cloche run --json` prints it. */
export function serializeGeneration(result: GenerationResult): Record<string, unknown> {
  const { execution } = result;
  return { ...result, execution: execution === null ? null : serializeResult(execution, true) };
}
