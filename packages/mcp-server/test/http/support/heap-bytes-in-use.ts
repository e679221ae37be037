import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const ROUNDS = 4;
const PAUSE_MS = 50;

/** The bytes of the heap that are really in use: finalizers run between the rounds. */
export async function heapBytesInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < ROUNDS; round += 1) {
    collect();
    await delay(PAUSE_MS);
  }
  return process.memoryUsage().heapUsed;
}
