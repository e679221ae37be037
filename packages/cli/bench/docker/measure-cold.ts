import type { AreaResult, Figure } from '../figure.ts';
import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import { median, rounded } from '../statistics.ts';
import { timesFigure } from './compare.ts';
import { dockerRun } from './docker-run.ts';
import type { BenchContext } from './docker-runner.ts';
import { DockerRunner } from './docker-runner.ts';
import { program } from './programs.ts';
import type { WarmProgram } from './warm-results.ts';

const ROUNDS = 15;
const ROUNDS_OF_EACH = 3;
const TIMES_DOCKER_RUN = 1;
const PYTHON_ARGV = ['python3', '-c', 'print(1)'];

/** Nothing waits: the engine and the image are known, and the container is still to be made. */
export async function measureCold(context: BenchContext, warm: readonly WarmProgram[]): Promise<AreaResult> {
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const coldMs = await coldRun(context, 'python');
    const startedAtMs = performance.now();
    await dockerRun(context.engine, PYTHON_ARGV);
    const dockerMs = performance.now() - startedAtMs;
    if (round < 0) continue;
    ours.push(coldMs);
    reference.push(dockerMs);
  }
  const comparison = timesFigure({
    name: 'python, cold, beside docker run',
    ours,
    reference,
    against: 'docker run',
    atMost: TIMES_DOCKER_RUN,
    remark: 'a new runner each time, an empty pool',
  });
  const figures = [comparison];
  for (const language of LANGUAGE_IDS) {
    const known = warm.find((one) => one.language === language);
    if (known === undefined) continue;
    const times: number[] = language === 'python' ? ours : [];
    while (times.length < ROUNDS_OF_EACH) times.push(await coldRun(context, language));
    figures.push(languageFigure(known, times));
  }
  return { figures, skipped: [] };
}

function languageFigure({ language, medianMs, compileMs }: WarmProgram, cold: readonly number[]): Figure {
  const compiled = compileMs === null ? '' : `, compiled before (${rounded(compileMs)} ms the first time)`;
  return {
    name: `${language}, cold`,
    value: median(cold),
    unit: 'ms',
    bar: null,
    detail: `${rounded(medianMs)} ms warm${compiled}`,
    count: cold.length,
  };
}

async function coldRun(context: BenchContext, language: LanguageId): Promise<number> {
  await using docker = new DockerRunner(context);
  await docker.versions([language]);
  const startedAtMs = performance.now();
  await docker.run(program(language));
  return performance.now() - startedAtMs;
}
