import type { Figure } from '../figure.ts';
import { median, rounded } from '../statistics.ts';
import type { DaytonaRunner } from './daytona-runner.ts';

const LINE_COUNT = 60;
const BYTES = 10_000_000;
const ROUNDS = 5;

/** Each line is the time at which it was written, in milliseconds since the epoch. */
const CLOCK = `import time
for _ in range(${LINE_COUNT}):
    print(time.time() * 1000, flush=True)
    time.sleep(0.1)
`;

export async function measureOutput(daytona: DaytonaRunner): Promise<Figure[]> {
  return [await measureLateness(daytona), await measureThroughput(daytona)];
}

/** The sandbox is on this machine, and so has its clock. */
async function measureLateness(daytona: DaytonaRunner): Promise<Figure> {
  const late: number[] = [];
  let rest = '';
  for await (const event of daytona.start({ language: 'python', code: CLOCK })) {
    if (event.type !== 'stdout') continue;
    const nowMs = performance.timeOrigin + performance.now();
    const lines = (rest + Buffer.from(event.data).toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) late.push(nowMs - Number(line));
  }
  if (late.length !== LINE_COUNT) throw new Error(`${late.length} of ${LINE_COUNT} lines arrived.`);
  return {
    name: 'live output: a line is late by',
    value: median(late),
    unit: 'ms',
    bar: null,
    detail: `${rounded(Math.min(...late))} to ${rounded(Math.max(...late))} ms; a line each 100 ms`,
    count: late.length,
  };
}

/** Whole runs, with the sandbox of each. */
async function measureThroughput(daytona: DaytonaRunner): Promise<Figure> {
  const times: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const startedAtMs = performance.now();
    await readAll(daytona);
    if (round >= 0) times.push(performance.now() - startedAtMs);
  }
  return {
    name: '10 MB of output: throughput',
    value: BYTES / median(times) / 1000,
    unit: 'MB/s',
    bar: null,
    detail: `${rounded(median(times))} ms, whole runs, each in a new sandbox`,
    count: ROUNDS,
  };
}

async function readAll(daytona: DaytonaRunner): Promise<void> {
  let byteCount = 0;
  for await (const event of daytona.start({ language: 'bash', code: `head -c ${BYTES} /dev/zero\n` }))
    if (event.type === 'stdout') byteCount += event.data.length;
  if (byteCount !== BYTES) throw new Error(`${byteCount} of ${BYTES} bytes arrived.`);
}
