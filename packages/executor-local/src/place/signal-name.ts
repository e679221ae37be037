import { constants } from 'node:os';

/** `SIGKILL` for 9. A number without a name (a real-time signal) becomes `SIG34`. */
export function signalName(number: number): string {
  const entry = Object.entries(constants.signals).find(([, value]) => value === number);
  return entry?.[0] ?? `SIG${number}`;
}
