import type { ConfigValue } from './config-key.ts';

/** A value for a message. */
export function showConfigValue(value: ConfigValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
