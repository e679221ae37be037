import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AreaResult, Figure } from '../figure.ts';
import { median, rounded } from '../statistics.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';
import type { LocalRunner } from './local-runner.ts';
import { runPython, withLocalRunner } from './local-runner.ts';

const RUNS = 1000;
const EARLY = { first: 10, last: 100 };
const LATE_RUNS = 100;
/** What the same program varies by on a machine that does other things too. */
const HIGHEST_RATIO = 1.15;

interface Census {
  readonly openFiles: number;
  readonly listeners: number;
  readonly processes: number;
  readonly filesOnDisk: number;
  readonly resources: number;
}

/** A thousand runs in one process: the last cost what the first did, and leave nothing. */
export function measureFlatness(): Promise<AreaResult> {
  return withTemporaryDirectory((directory) =>
    withLocalRunner(directory, 'auto', (local) => measureIn(directory, local)),
  );
}

async function measureIn(directory: string, local: LocalRunner): Promise<AreaResult> {
  const times: number[] = [];
  let before: Census | null = null;
  for (let run = 0; run < RUNS; run += 1) {
    // What the first runs set up is there for good, and is no growth.
    if (run === EARLY.first) before = takeCensus(directory);
    const startedAtMs = performance.now();
    await runPython(local, 'print(1)\n');
    times.push(performance.now() - startedAtMs);
  }
  const after = takeCensus(directory);
  const early = median(times.slice(EARLY.first, EARLY.last));
  const late = median(times.slice(-LATE_RUNS));
  const growth = (Object.keys(after) as (keyof Census)[]).map((kind): Figure => {
    const start = before?.[kind] ?? 0;
    return {
      name: `${RUNS} runs: more ${kind} than after ${EARLY.first}`,
      value: Math.max(0, after[kind] - start),
      unit: '',
      bar: { relation: 'at most', value: 0 },
      detail: `${start} before, ${after[kind]} after`,
      count: 1,
    };
  });
  const cost: Figure = {
    name: `${RUNS} runs: the last hundred against the ${EARLY.first}th to ${EARLY.last}th`,
    value: late / early,
    unit: 'times',
    bar: { relation: 'at most', value: HIGHEST_RATIO },
    detail: `${rounded(late)} ms against ${rounded(early)} ms`,
    count: LATE_RUNS,
  };
  return { figures: [cost, ...growth], skipped: [] };
}

function takeCensus(directory: string): Census {
  return {
    openFiles: existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    processes: childProcesses(),
    filesOnDisk: readdirSync(directory, { recursive: true }).length,
    resources: process.getActiveResourcesInfo().length,
  };
}

/** Processes whose parent is this one. Zero where there is no /proc to look into. */
function childProcesses(): number {
  if (!existsSync('/proc/self/stat')) return 0;
  return readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && parentOf(name) === process.pid).length;
}

function parentOf(pid: string): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    // It has ended in the meantime.
    return null;
  }
}
