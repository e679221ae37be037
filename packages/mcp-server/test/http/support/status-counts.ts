/** How often each status was answered. */
export function statusCounts(responses: readonly Response[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
