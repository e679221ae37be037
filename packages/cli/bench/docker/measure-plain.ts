import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import type { Figure, Skip } from '../figure.ts';
import { interleave, median } from '../statistics.ts';
import type { BareProgram } from './bare-program.ts';
import { prepareBare } from './bare-program.ts';
import { overFigure, timesFigure } from './compare.ts';
import { dockerRun, withIdleContainer } from './docker-run.ts';
import type { BenchContext } from './docker-runner.ts';
import { DockerRunner } from './docker-runner.ts';
import { EngineApi } from './engine-api.ts';
import { programWithArgument } from './programs.ts';
import type { WarmProgram, WarmResults } from './warm-results.ts';

const ROUNDS = 30;
const WARM_UP_ROUNDS = 2;
const OVER_BARE_MS = 12;
const TIMES_EXEC = 0.5;
const TIMES_DOCKER_RUN = 0.125;
const PYTHON_ARGV = ['python3', '-c', 'print(1)'];

interface Measured {
  readonly figures: readonly Figure[];
  readonly program: WarmProgram;
}

/** Programs for which nothing but a container was started ahead, of which compilers have seen each before. */
export async function measurePlain(context: BenchContext): Promise<WarmResults> {
  const figures: Figure[] = [];
  const skipped: Skip[] = [];
  const programs: WarmProgram[] = [];
  for (const language of LANGUAGE_IDS) {
    await using docker = new DockerRunner(context);
    const version = (await docker.versions([language])).get(language) ?? null;
    const bare = await prepareBare(programWithArgument(language), version, context.directory);
    if (bare === null) {
      const reason = `this machine has no ${language} of its own to compare with`;
      skipped.push({ name: nameOf(language), reason });
      continue;
    }
    const compileMs = (await docker.fillPool(programWithArgument(language))).compile?.durationMs ?? null;
    const measured =
      language === 'python'
        ? await measurePython(context, docker, bare)
        : await measureLanguage(language, docker, bare, compileMs);
    figures.push(...measured.figures);
    programs.push(measured.program);
  }
  return { figures, skipped, programs };
}

async function measureLanguage(
  language: LanguageId,
  docker: DockerRunner,
  bare: BareProgram,
  compileMs: number | null,
): Promise<Measured> {
  const times = await interleave(
    { ours: async () => void (await docker.run(programWithArgument(language))), bare: bare.run },
    {
      rounds: ROUNDS,
      warmUpRounds: WARM_UP_ROUNDS,
      afterEach: async (kind) => (kind === 'ours' ? docker.refilled() : undefined),
    },
  );
  return {
    figures: [overBare(language, times.ours, times.bare, bare)],
    program: { language, medianMs: median(times.ours), compileMs },
  };
}

/** Against what else people use, too. */
async function measurePython(
  { engine }: BenchContext,
  docker: DockerRunner,
  bare: BareProgram,
): Promise<Measured> {
  const api = new EngineApi(engine.socketPath);
  const times = await withIdleContainer(engine, (container) =>
    interleave(
      {
        ours: async () => void (await docker.run(programWithArgument('python'))),
        bare: bare.run,
        exec: () => api.exec(container, PYTHON_ARGV),
        dockerRun: () => dockerRun(engine, PYTHON_ARGV),
      },
      {
        rounds: ROUNDS,
        warmUpRounds: WARM_UP_ROUNDS,
        afterEach: async (kind) => (kind === 'bare' ? undefined : docker.refilled()),
      },
    ),
  );
  const { ours } = times;
  const name = nameOf('python');
  return {
    figures: [
      overBare('python', ours, times.bare, bare),
      timesFigure({
        name,
        ours,
        reference: times.exec,
        against: 'the exec API',
        atMost: TIMES_EXEC,
        remark: 'in a container that runs',
      }),
      timesFigure({
        name,
        ours,
        reference: times.dockerRun,
        against: 'docker run',
        atMost: TIMES_DOCKER_RUN,
        remark: 'docker run --rm --network none',
      }),
    ],
    program: { language: 'python', medianMs: median(ours), compileMs: null },
  };
}

function overBare(
  language: LanguageId,
  ours: readonly number[],
  reference: readonly number[],
  { madeBy }: BareProgram,
): Figure {
  const name = nameOf(language);
  return overFigure({ name, ours, reference, against: 'bare', atMost: OVER_BARE_MS, remark: madeBy });
}

function nameOf(language: LanguageId): string {
  return `${language}, warm, the plain way`;
}
