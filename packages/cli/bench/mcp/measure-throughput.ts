import type { AreaResult, Figure } from '../figure.ts';
import { median, rounded } from '../statistics.ts';
import type { Era } from './message.ts';
import { ERAS } from './message.ts';
import type { ServerPackage } from './server-package.ts';
import { StdioClient } from './stdio-client.ts';

const IN_FLIGHT = 32;
const ROUNDS = 5;
const CALLS = 4_000;
const CALLS_A_SECOND = 3_000;

/** A tool that does next to nothing, asked for by a client that always waits for 32 answers. */
export async function measureThroughput(server: ServerPackage): Promise<AreaResult> {
  const figures: Figure[] = [];
  for (const era of ERAS) figures.push(await measureEra(server, era));
  return { figures, skipped: [] };
}

async function measureEra(server: ServerPackage, era: Era): Promise<Figure> {
  await using client = new StdioClient(server.start(), era);
  await client.greet();
  const rates: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const startedAtMs = performance.now();
    await callAll(client);
    if (round >= 0) rates.push((CALLS / (performance.now() - startedAtMs)) * 1000);
  }
  return {
    name: `${IN_FLIGHT} calls in flight, ${era}`,
    value: median(rates),
    unit: 'calls/s',
    bar: { relation: 'at least', value: CALLS_A_SECOND },
    detail: `manage_sandbox list, ${CALLS} calls a round; ${rounded(Math.min(...rates))} to ${rounded(Math.max(...rates))}`,
    count: ROUNDS,
  };
}

async function callAll(client: StdioClient): Promise<void> {
  let started = 0;
  const callOn = async (): Promise<void> => {
    while (started < CALLS) {
      started += 1;
      await client.call('manage_sandbox', { action: 'list' });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, callOn));
}
