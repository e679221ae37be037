/**
 * Stable codes of everything that the platform itself can refuse or fail at.
 * A failing user program is a result, never one of these.
 */
export const ERROR_CODES = [
  'ERR_CONFIG_INVALID',
  'ERR_REQUEST_INVALID',
  'ERR_LANGUAGE_UNSUPPORTED',
  'ERR_CAPABILITY_UNSUPPORTED',
  'ERR_EXECUTOR_NOT_FOUND',
  'ERR_EXECUTOR_UNAVAILABLE',
  'ERR_EXECUTOR_FAILED',
  'ERR_GENERATOR_FAILED',
  'ERR_INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
