import type { AreaResult } from '../figure.ts';
import { median, percentile, rounded } from '../statistics.ts';
import type { PageVisitor } from './page-visitor.ts';

const LINES = 75;
const INTERVAL_SECONDS = 0.2;
const SHOWN_MS = 100;
const PROGRAM = `import time
for _ in range(${LINES}):
    print("at", time.time(), flush=True)
    time.sleep(${INTERVAL_SECONDS})
print("end 0")
`;

/** From a program's own clock to the document that somebody reads. */
export async function measureLatency(visitor: PageVisitor): Promise<AreaResult> {
  await using visit = await visitor.visit();
  await visit.run(PROGRAM);
  await visit.until('"end 0" in benchNotes.shownAtMs');
  const delays = Object.entries((await visit.notes()).shownAtMs)
    .filter(([text]) => text.startsWith('at '))
    .map(([text, shownAtMs]) => shownAtMs - Number(text.slice('at '.length)) * 1000);
  if (delays.length !== LINES) throw new Error(`${delays.length} of ${LINES} lines were seen.`);
  return {
    figures: [
      {
        name: 'a printed line: from the clock of its program to the page',
        value: median(delays),
        unit: 'ms',
        bar: { relation: 'at most', value: SHOWN_MS },
        detail: `95th percentile ${rounded(percentile(delays, 0.95))} ms, longest ${rounded(Math.max(...delays))} ms`,
        count: LINES,
      },
    ],
    skipped: [],
  };
}
