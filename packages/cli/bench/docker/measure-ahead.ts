import type { LanguageId } from '@cloche/core/executor';
import type { Figure, Skip } from '../figure.ts';
import { interleave, median } from '../statistics.ts';
import { prepareBare } from './bare-program.ts';
import { timesFigure } from './compare.ts';
import type { BenchContext } from './docker-runner.ts';
import { DockerRunner } from './docker-runner.ts';
import { program } from './programs.ts';
import type { WarmProgram, WarmResults } from './warm-results.ts';

const ROUNDS = 30;
const WARM_UP_ROUNDS = 2;
const BARS = { python: 0.8, javascript: 0.8, typescript: null } as const;

/** Interpreters that have started before their program was known. */
export async function measureAhead(context: BenchContext): Promise<WarmResults> {
  const figures: Figure[] = [];
  const skipped: Skip[] = [];
  const programs: WarmProgram[] = [];
  for (const language of Object.keys(BARS) as (keyof typeof BARS)[]) {
    const measured = await measureLanguage(context, language, BARS[language]);
    if ('reason' in measured) skipped.push(measured);
    else {
      figures.push(measured.figure);
      programs.push(measured.program);
    }
  }
  return { figures, skipped, programs };
}

async function measureLanguage(
  context: BenchContext,
  language: LanguageId,
  atMost: number | null,
): Promise<{ readonly figure: Figure; readonly program: WarmProgram } | Skip> {
  const name = `${language}, warm, started ahead`;
  await using docker = new DockerRunner(context);
  const version = (await docker.versions([language])).get(language) ?? null;
  const bare = await prepareBare(program(language), version, context.directory, 'as it is');
  if (bare === null) return { name, reason: `this machine has no ${language} of its own to compare with` };
  await docker.fillPool(program(language));
  const times = await interleave(
    { ours: async () => void (await docker.run(program(language))), bare: bare.run },
    {
      rounds: ROUNDS,
      warmUpRounds: WARM_UP_ROUNDS,
      afterEach: async (kind) => (kind === 'ours' ? docker.refilled() : undefined),
    },
  );
  const figure = timesFigure({
    name,
    ours: times.ours,
    reference: times.bare,
    against: 'bare',
    atMost,
    remark: bare.madeBy,
  });
  return { figure, program: { language, medianMs: median(times.ours), compileMs: null } };
}
