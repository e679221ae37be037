import type { StandardResult, StandardSchema } from '@cloche/core/executor';

export const SANDBOX_MODES = ['auto', 'required', 'off'] as const;

/**
 * - `auto`: under a sandbox wherever one works; without one, and saying so, where none does.
 * - `required`: under a sandbox or not at all.
 * - `off`: never.
 */
export type SandboxMode = (typeof SANDBOX_MODES)[number];

export interface LocalOptions {
  /** Default `auto`. */
  readonly sandbox: SandboxMode;
}

const KNOWN_OPTIONS = ['sandbox'];

/** Written by hand, since one option is no reason to load a schema library before every program. */
export const localOptionsSchema: StandardSchema<LocalOptions> = {
  '~standard': { version: 1, vendor: 'cloche', validate },
};

function validate(value: unknown): StandardResult<LocalOptions> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { issues: [{ message: 'must be a table' }] };
  }
  const unknown = Object.keys(value).find((key) => !KNOWN_OPTIONS.includes(key));
  if (unknown !== undefined)
    return { issues: [{ message: `is not known; known: ${KNOWN_OPTIONS.join(', ')}`, path: [unknown] }] };
  const given = (value as { sandbox?: unknown }).sandbox ?? 'auto';
  const sandbox = SANDBOX_MODES.find((mode) => mode === given);
  if (sandbox === undefined) {
    return { issues: [{ message: `must be one of ${SANDBOX_MODES.join(', ')}`, path: ['sandbox'] }] };
  }
  return { value: { sandbox } };
}
