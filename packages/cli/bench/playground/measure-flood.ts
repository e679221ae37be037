import type { AreaResult, Figure } from '../figure.ts';
import { median, percentile, rounded } from '../statistics.ts';
import { FLOOD_LINES, FLOOD_RATE, floodProgram, floodTimes, floodToPipe } from './flood-program.ts';
import type { PageVisit } from './page-visit.ts';
import type { PageVisitor } from './page-visitor.ts';
import type { ServerProcess } from './server-process.ts';

const ROUNDS = 3;
const IDLE_MS = 5000;
const FRAME_GAP_MS = 200;
/** Whoever waits longer than this thinks that the page has gone. */
const LONGEST_GAP_MS = 1000;
const GROWTH_MEGABYTES = 64;
const SERVER_MEGABYTES = 64;
const SHARE_OF_PIPE = 0.9;

interface Flood {
  /** From the program's first line until its last one is in the document. */
  readonly durationMs: number;
  readonly frameGapsMs: readonly number[];
  readonly heldBytes: number;
}

/** A million lines, at the pace that is promised and as quickly as a program can, one after the other in one page. */
export async function measureFlood(
  visitor: PageVisitor,
  server: ServerProcess,
  python: string,
): Promise<AreaResult> {
  await using visit = await visitor.visit();
  // What the page loads for its first run is no growth.
  await visit.run('print("end 0 0")\n');
  await visit.untilDone();
  const idle = await frameGapsWhileIdle(visit);
  const before = await visit.heldBytes();
  const serverBefore = server.peakBytes;
  const paced = await measureKind(visit, python, FLOOD_RATE);
  const fast = await measureKind(visit, python, 'inf');
  const gaps = paced.floods.flatMap(({ frameGapsMs }) => frameGapsMs);
  const held = [...paced.floods, ...fast.floods].map(({ heldBytes }) => (heldBytes - before) / 1e6);
  const figures: readonly Figure[] = [
    {
      name: '100,000 lines a second: time between two frames, 99th percentile',
      value: percentile(gaps, 0.99),
      unit: 'ms',
      bar: { relation: 'at most', value: FRAME_GAP_MS },
      detail: `median ${rounded(median(gaps))} ms; while nothing runs ${rounded(percentile(idle, 0.99))} ms`,
      count: gaps.length,
    },
    longestGap('100,000 lines a second', paced.floods),
    {
      name: '100,000 lines a second: how quickly they arrive',
      value: paced.pipeMs / paced.ourMs,
      unit: 'of a pipe',
      bar: { relation: 'at least', value: SHARE_OF_PIPE },
      detail: `${rounded(paced.ourMs)} ms against ${rounded(paced.pipeMs)} ms`,
      count: ROUNDS,
    },
    longestGap('as quickly as it can', fast.floods),
    {
      name: 'as quickly as it can: lines that arrive a second',
      value: Math.round((FLOOD_LINES / fast.ourMs) * 1000),
      unit: '',
      bar: { relation: 'at least', value: FLOOD_RATE },
      detail: `${rounded(fast.ourMs)} ms against ${rounded(fast.pipeMs)} ms to a pipe`,
      count: ROUNDS,
    },
    {
      name: 'more memory held by the page with a million lines in it',
      value: Math.max(...held),
      unit: 'MB',
      bar: { relation: 'at most', value: GROWTH_MEGABYTES },
      detail: `flood after flood: ${held.map(rounded).join(', ')} MB over ${rounded(before / 1e6)} MB`,
      count: held.length,
    },
  ];
  const serverFigure = serverGrowth(serverBefore, server.peakBytes, held.length);
  return serverFigure === null
    ? { figures, skipped: [{ name: 'memory of the server', reason: 'this system does not tell it' }] }
    : { figures: [...figures, serverFigure], skipped: [] };
}

function serverGrowth(before: number | null, after: number | null, count: number): Figure | null {
  if (before === null || after === null) return null;
  return {
    name: 'more memory taken by the server at its peak',
    value: (after - before) / 1e6,
    unit: 'MB',
    bar: { relation: 'at most', value: SERVER_MEGABYTES },
    detail: `${rounded(after / 1e6)} MB against ${rounded(before / 1e6)} MB, garbage included`,
    count,
  };
}

async function measureKind(
  visit: PageVisit,
  python: string,
  pace: number | 'inf',
): Promise<{ readonly floods: readonly Flood[]; readonly ourMs: number; readonly pipeMs: number }> {
  const floods: Flood[] = [];
  const pipes: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    pipes.push(await floodToPipe(python, floodProgram(pace)));
    floods.push(await flood(visit, floodProgram(pace)));
  }
  return { floods, ourMs: median(floods.map(({ durationMs }) => durationMs)), pipeMs: median(pipes) };
}

async function flood(visit: PageVisit, program: string): Promise<Flood> {
  const known = Object.keys((await visit.notes()).shownAtMs);
  await visit.page.evaluate('benchCountFrames()');
  await visit.run(program);
  await visit.until(`Object.keys(benchNotes.shownAtMs).length > ${known.length}`);
  await visit.untilDone();
  await visit.page.evaluate('benchStopCounting()');
  const { shownAtMs, frameGapsMs } = await visit.notes();
  const [endLine = '', seenAtMs = 0] =
    Object.entries(shownAtMs).find(([text]) => !known.includes(text)) ?? [];
  const lines = `${(FLOOD_LINES + 1).toLocaleString('en-US')} lines`;
  await visit.page.getByText(lines).waitFor({ timeout: 5000 });
  return {
    durationMs: seenAtMs - floodTimes(endLine).beganAtMs,
    frameGapsMs,
    heldBytes: await visit.heldBytes(),
  };
}

/** What the machine itself does to a page. */
async function frameGapsWhileIdle(visit: PageVisit): Promise<readonly number[]> {
  await visit.page.evaluate('benchCountFrames()');
  await visit.page.waitForTimeout(IDLE_MS);
  await visit.page.evaluate('benchStopCounting()');
  return (await visit.notes()).frameGapsMs;
}

function longestGap(name: string, floods: readonly Flood[]): Figure {
  const longest = floods.map(({ frameGapsMs }) => Math.max(...frameGapsMs));
  return {
    name: `${name}: the longest time without a frame`,
    value: Math.max(...longest),
    unit: 'ms',
    bar: { relation: 'at most', value: LONGEST_GAP_MS },
    detail: `flood by flood: ${longest.map(rounded).join(', ')} ms`,
    count: floods.length,
  };
}
