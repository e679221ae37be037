import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AreaResult } from '../figure.ts';
import { interleave, median, rounded } from '../statistics.ts';
import { dockerRunArguments } from './docker-run.ts';
import type { BenchContext } from './docker-runner.ts';
import { DockerRunner } from './docker-runner.ts';
import type { BenchEngine } from './find-engine.ts';

const BYTES = 50_000_000;
const ROUNDS = 10;
const SHARE_OF_DOCKER = 0.5;
const COMMAND = ['head', '-c', String(BYTES), '/dev/zero'];

/** A long output, each chunk of which is looked at. Whole runs, with the start of each. */
export async function measureOutput(context: BenchContext): Promise<AreaResult> {
  await using docker = new DockerRunner(context);
  await docker.fillPool({ language: 'bash', code: 'echo 1\n' });
  const times = await interleave(
    { ours: () => readAll(docker), piped: () => pipeToCat(context.engine) },
    { rounds: ROUNDS, warmUpRounds: 1, afterEach: () => docker.refilled() },
  );
  const [ours, piped] = [median(times.ours), median(times.piped)];
  const speed = (durationMs: number): string => `${rounded(BYTES / durationMs / 1000)} MB/s`;
  return {
    figures: [
      {
        name: '50 MB of output: throughput',
        value: piped / ours,
        unit: 'of docker run … | cat',
        bar: { relation: 'at least', value: SHARE_OF_DOCKER },
        detail: `${rounded(ours)} ms against ${rounded(piped)} ms, ${speed(ours)} against ${speed(piped)}`,
        count: ROUNDS,
      },
    ],
    skipped: [],
  };
}

async function readAll(docker: DockerRunner): Promise<void> {
  const execution = docker.start({ language: 'bash', code: `${COMMAND.join(' ')}\n` });
  let byteCount = 0;
  for await (const event of execution) if (event.type === 'stdout') byteCount += event.data.length;
  if (byteCount !== BYTES) throw new Error(`${byteCount} of ${BYTES} bytes arrived.`);
}

async function pipeToCat(engine: BenchEngine): Promise<void> {
  const cat = spawn('cat', { stdio: ['pipe', 'ignore', 'inherit'] });
  const ends = [once(cat, 'close')];
  const docker = spawn('docker', dockerRunArguments(engine, COMMAND), {
    stdio: ['ignore', cat.stdin, 'inherit'],
  });
  ends.push(once(docker, 'close'));
  // cat sees the end of its input only when nobody else holds the other side.
  cat.stdin.destroy();
  for (const [exitCode] of (await Promise.all(ends)) as [number | null][]) {
    if (exitCode !== 0) throw new Error(`docker run … | cat ended with ${exitCode}.`);
  }
}
