import { stackFrames } from '@cloche/core';
import type { LogFields, Logger } from '@cloche/core/executor';
import { ClocheError } from '@cloche/core/executor';
import { RequestRefused } from './http/request-refused.ts';

/**
 * Writes down what nobody foresaw, since people are told none of its own words. Everything else is told to whoever it
 * happened to, and is in no log. Neither is any message: it may hold a key, a program or what a program wrote.
 */
export function logDefect(logger: Logger, message: string, error: unknown, fields: LogFields = {}): void {
  if (error instanceof RequestRefused) return;
  const isCloche = ClocheError.isInstance(error);
  if (isCloche && error.code !== 'ERR_INTERNAL') return;
  const cause = isCloche ? (error.cause ?? error) : error;
  const name = cause instanceof Error ? cause.name : 'unknown';
  logger.error(message, { ...fields, error: name, code: systemCode(cause) });
  logger.debug('where it failed', { ...fields, frames: stackFrames(cause) });
}

/** `ENOSPC`, as the system or Node.js calls what happened; `unknown` where neither did. */
export function systemCode(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}
