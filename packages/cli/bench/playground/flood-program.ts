import { spawn } from 'node:child_process';
import { once } from 'node:events';

export const FLOOD_LINES = 1_000_000;
export const FLOOD_RATE = 100_000;

/** Its last line tells when it began, and when it had written everything: `end 1764090000.1 1764090010.2`. */
export interface FloodTimes {
  readonly beganAtMs: number;
  readonly wroteAtMs: number;
}

/** @param pace lines a second; `inf`: as quickly as it can */
export function floodProgram(pace: number | 'inf'): string {
  return `import sys, time
LINES, BATCH, PACE = ${FLOOD_LINES}, 1_000, float("${pace}")
began = time.time()
for first in range(0, LINES, BATCH):
    sys.stdout.write("".join(f"line {number} of a million\\n" for number in range(first, first + BATCH)))
    sys.stdout.flush()
    ahead = began + (first + BATCH) / PACE - time.time()
    if ahead > 0:
        time.sleep(ahead)
print("end", began, time.time())
`;
}

export function floodTimes(endLine: string): FloodTimes {
  const [, began, wrote] = endLine.trim().split(' ').map(Number);
  if (began === undefined || wrote === undefined) throw new Error(`What is ${JSON.stringify(endLine)}?`);
  return { beganAtMs: began * 1000, wroteAtMs: wrote * 1000 };
}

/** The quickest that anybody can take it: a pipe whose reader throws away what comes. Returns milliseconds. */
export async function floodToPipe(python: string, code: string): Promise<number> {
  const child = spawn(python, ['-c', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let tail = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    tail = (tail + text).slice(-100);
  });
  await once(child, 'close');
  const { beganAtMs, wroteAtMs } = floodTimes(tail.slice(tail.lastIndexOf('end ')));
  return wroteAtMs - beganAtMs;
}
