import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { CaseContext } from '../case-context.ts';
import { okJson } from '../expectations.ts';
import { python } from './requests.ts';

const GRACE_MS = 3000;

/** A word that stands in the arguments of a program, by which its processes are found. */
export function processMark(): string {
  return `conformance-mark-${randomBytes(8).toString('hex')}`;
}

/**
 * Proves that nothing with this mark runs any more: neither on this machine, as far as it can be seen
 * from here, nor where the executor's next program runs.
 */
export async function expectNothingAlive(context: CaseContext, mark: string): Promise<void> {
  const until = performance.now() + GRACE_MS;
  let here = await markedProcesses(mark);
  while (here.length > 0 && performance.now() < until) {
    await delay(50);
    here = await markedProcesses(mark);
  }
  assert.deepEqual(here, [], 'processes of the program are still alive on this machine');
  const { result } = await context.run(python(LIST_PROCESSES, { stdin: mark }));
  assert.deepEqual(okJson(result), { alive: [], seesItself: true });
}

/** Command lines of the processes of this machine that carry the mark; none where there is no /proc. */
async function markedProcesses(mark: string): Promise<string[]> {
  const names = await readdir('/proc').catch(() => []);
  const lines = await Promise.all(
    // A process may end between the two looks.
    names
      .filter((name) => /^\d+$/u.test(name))
      .map((name) => readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(mark)).map((line) => line.replaceAll('\0', ' '));
}

// The mark comes through stdin, so that the looking program does not find itself.
const LIST_PROCESSES = `import glob, json, os, sys
mark = sys.stdin.read().encode()
alive, sees_itself = [], False
for path in glob.glob("/proc/[0-9]*/cmdline"):
    try:
        line = open(path, "rb").read()
    except OSError:
        continue
    sees_itself = sees_itself or path == f"/proc/{os.getpid()}/cmdline"
    if mark in line:
        alive.append(line.decode("utf-8", "replace"))
print(json.dumps({"alive": alive, "seesItself": sees_itself}))
`;
