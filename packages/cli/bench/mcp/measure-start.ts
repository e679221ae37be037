import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { timesFigure } from '../docker/compare.ts';
import type { AreaResult, Figure } from '../figure.ts';
import { interleave, median, rounded } from '../statistics.ts';
import type { Era } from './message.ts';
import { ERAS } from './message.ts';
import type { ServerPackage } from './server-package.ts';
import { StdioClient } from './stdio-client.ts';

const ROUNDS = 40;
const WARM_UP_ROUNDS = 3;
const TIMES_NODE = 3.5;
const MEGABYTES = 80;

/** From the start of the process to its first answer, and the memory that it has then. */
export async function measureStart(server: ServerPackage): Promise<AreaResult> {
  const hasProc = existsSync('/proc/self/status');
  const bytes: number[] = [];
  let client: StdioClient | null = null;
  const starting = (era: Era) => async (): Promise<void> => {
    client = new StdioClient(server.start(), era);
    await client.greet();
  };
  const times = await interleave(
    {
      node: () => startNode(server),
      '2025-06-18': starting('2025-06-18'),
      '2026-07-28': starting('2026-07-28'),
    },
    {
      rounds: ROUNDS,
      warmUpRounds: WARM_UP_ROUNDS,
      afterEach: async () => {
        if (client === null) return;
        if (hasProc) bytes.push(residentBytes(client.process.pid));
        await client[Symbol.asyncDispose]();
        client = null;
      },
    },
  );
  const figures = ERAS.map((era) =>
    timesFigure({
      name: `start to first answer, ${era}`,
      ours: times[era],
      reference: times.node,
      against: 'node -e 0',
      atMost: TIMES_NODE,
    }),
  );
  const name = 'memory after the first answer';
  return hasProc
    ? { figures: [...figures, memoryFigure(name, bytes)], skipped: [] }
    : { figures, skipped: [{ name, reason: 'this system has no /proc' }] };
}

async function startNode({ environment }: ServerPackage): Promise<void> {
  const child = spawn(process.execPath, ['-e', '0'], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  await once(child, 'exit');
}

function memoryFigure(name: string, bytes: readonly number[]): Figure {
  return {
    name,
    value: Math.max(...bytes) / 1e6,
    unit: 'MB',
    bar: { relation: 'at most', value: MEGABYTES },
    detail: `resident, the most of all starts; the median is ${rounded(median(bytes) / 1e6)} MB`,
    count: bytes.length,
  };
}

function residentBytes(pid: number | undefined): number {
  const kibibytes = /^VmRSS:\s+(?<size>\d+) kB/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kibibytes?.groups?.['size']) * 1024;
}
