import type { AreaResult, Figure } from '../figure.ts';
import { median, rounded } from '../statistics.ts';
import type { PageVisitor } from './page-visitor.ts';

const ROUNDS = 20;
const WARM_UP_ROUNDS = 2;
const READY_MS = 1000;
const FIRST_VIEW_KILOBYTES = 350;
/** Whatever the page asks for by itself, it has asked for by then. */
const SETTLING_MS = 1000;

/** What a browser that has never seen the page loads, and how long it takes until somebody can work. */
export async function measureFirstView(visitor: PageVisitor): Promise<AreaResult> {
  const size = await measureSize(visitor);
  const times: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    await using visit = await visitor.visit();
    const { readyMs } = await visit.notes();
    if (round >= 0 && readyMs !== null) times.push(readyMs);
  }
  return {
    figures: [
      size,
      {
        name: 'ready: from the navigation until one can type and run',
        value: median(times),
        unit: 'ms',
        bar: { relation: 'at most', value: READY_MS },
        detail: `${rounded(Math.min(...times))} to ${rounded(Math.max(...times))} ms, nothing cached`,
        count: ROUNDS,
      },
    ],
    skipped: [],
  };
}

async function measureSize(visitor: PageVisitor): Promise<Figure> {
  const files = new Map<string, string>();
  const sizes = new Map<string, number>();
  await using visit = await visitor.visit(async (session) => {
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith('/api/')) files.set(requestId, pathname);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      sizes.set(requestId, encodedDataLength);
    });
    await session.send('Network.enable');
  });
  await visit.page.waitForTimeout(SETTLING_MS);
  const missing = [...files.keys()].filter((id) => !sizes.has(id));
  if (missing.length > 0) throw new Error(`${missing.map((id) => files.get(id)).join(', ')}: not loaded.`);
  const bytes = [...files.keys()].reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
  return {
    name: 'first view: everything that it loads, as it travels',
    value: bytes / 1000,
    unit: 'kB',
    bar: { relation: 'at most', value: FIRST_VIEW_KILOBYTES },
    detail: `${files.size} files, headers included`,
    count: 1,
  };
}
