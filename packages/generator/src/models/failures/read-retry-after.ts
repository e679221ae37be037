/** `retry-after-ms`, or `retry-after` in seconds or as a date. Null: none that can be read. */
export function readRetryAfter(headers: Headers, now: number = Date.now()): number | null {
  const milliseconds = headers.get('retry-after-ms');
  if (milliseconds !== null && /^\d+(?:\.\d+)?$/u.test(milliseconds)) return Number(milliseconds);
  const given = headers.get('retry-after');
  if (given === null) return null;
  if (/^\d+(?:\.\d+)?$/u.test(given)) return Number(given) * 1000;
  const at = Date.parse(given);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
