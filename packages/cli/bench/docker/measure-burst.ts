import type { AreaResult } from '../figure.ts';
import { interleave, median, rounded } from '../statistics.ts';
import { dockerRun } from './docker-run.ts';
import type { BenchContext } from './docker-runner.ts';
import { DockerRunner } from './docker-runner.ts';
import { program } from './programs.ts';

const RUNS = 10;
const ROUNDS = 5;
/** As many single runs as give a median that can be trusted. */
const SINGLES = 4;
const PYTHON_ARGV = ['python3', '-c', 'print(1)'];
const TIMES_IN_SEQUENCE = 1 / 2.5;

/** More at one time than there are waiting containers. */
export async function measureBurst(context: BenchContext): Promise<AreaResult> {
  await using docker = new DockerRunner(context);
  await docker.fillPool(program('python'));
  const singles: number[] = [];
  const single = async (): Promise<void> => {
    const startedAtMs = performance.now();
    await dockerRun(context.engine, PYTHON_ARGV);
    singles.push(performance.now() - startedAtMs);
  };
  const { burst } = await interleave(
    {
      burst: async () =>
        void (await Promise.all(Array.from({ length: RUNS }, () => docker.run(program('python'))))),
      singles: async () => {
        for (let run = 0; run < SINGLES; run += 1) await single();
      },
    },
    { rounds: ROUNDS, warmUpRounds: 0, afterEach: () => docker.refilled() },
  );
  const sequenceMs = RUNS * median(singles);
  return {
    figures: [
      {
        name: `${RUNS} at once on a pool of two`,
        value: median(burst) / sequenceMs,
        unit: `times ${RUNS} docker run`,
        bar: { relation: 'at most', value: TIMES_IN_SEQUENCE },
        detail: `${rounded(median(burst))} ms against ${RUNS} times ${rounded(median(singles))} ms, the median of ${singles.length}`,
        count: burst.length,
      },
    ],
    skipped: [],
  };
}
