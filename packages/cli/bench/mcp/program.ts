/** Nothing to do, so that what is measured is everything else. */
export const PROGRAM = { language: 'bash', code: ':\n' } as const;

/** @throws Error where it did not end well */
export function refuseFailure(status: unknown): void {
  if (status !== 'ok') throw new Error(`The program ended with ${String(status)}.`);
}
