import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AreaResult, Figure } from '../figure.ts';
import { median, rounded } from '../statistics.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

const ROUNDS = 5;
const FLOOD_BYTES = 1024 ** 3;
const PEAK_MEGABYTES = 200;
const SHARE_OF_BARE = 0.5;
const PROGRAM = `import sys\nblock = b"x" * 65535 + b"\\n"\nfor _ in range(${FLOOD_BYTES / 65536}): sys.stdout.buffer.write(block)\n`;

interface Flood {
  readonly durationMs: number;
  readonly peakBytes: number;
  readonly byteCount: number;
}

/** 1 GiB of output, of which a result keeps 1 MiB: what it costs in memory, and how quick it is against a reader that does nothing. */
export function measureFlood(): Promise<AreaResult> {
  return withTemporaryDirectory(measureIn);
}

function measureIn(directory: string): Promise<AreaResult> {
  const program = path.join(directory, 'flood.py');
  writeFileSync(program, PROGRAM);
  const flood = (kind: string): Flood => {
    const argv = ['--conditions=@cloche/source', path.join(import.meta.dirname, 'flood-process.ts'), kind];
    const output = execFileSync(process.execPath, [...argv, directory, program], { encoding: 'utf8' });
    const measured = JSON.parse(output) as Flood;
    if (kind !== 'bare' && measured.byteCount !== FLOOD_BYTES)
      throw new Error(`${kind}: not all of it arrived.`);
    return measured;
  };
  const rounds = Array.from({ length: ROUNDS }, () => ({
    bare: flood('bare'),
    drained: flood('drained'),
    iterated: flood('iterated'),
  }));
  const figures = (['drained', 'iterated'] as const).flatMap((kind): Figure[] => {
    const ours = median(rounds.map((round) => round[kind].durationMs));
    const bare = median(rounds.map((round) => round.bare.durationMs));
    const peaks = rounds.map((round) => round[kind].peakBytes / 1e6);
    return [
      {
        name: `1 GiB of output, ${kind}: throughput`,
        value: bare / ours,
        unit: 'of bare',
        bar: { relation: 'at least', value: SHARE_OF_BARE },
        detail: `${rounded(ours)} ms against ${rounded(bare)} ms`,
        count: ROUNDS,
      },
      {
        name: `1 GiB of output, ${kind}: memory of the host`,
        value: Math.max(...peaks),
        unit: 'MB',
        bar: { relation: 'at most', value: PEAK_MEGABYTES },
        detail: `the highest peak; the median is ${rounded(median(peaks))} MB`,
        count: ROUNDS,
      },
    ];
  });
  return Promise.resolve({ figures, skipped: [] });
}
