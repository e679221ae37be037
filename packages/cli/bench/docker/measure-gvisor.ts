import type { LanguageId } from '@cloche/core/executor';
import type { AreaResult, Figure, Skip } from '../figure.ts';
import { interleave } from '../statistics.ts';
import { prepareBare } from './bare-program.ts';
import { timesFigure } from './compare.ts';
import type { BenchContext } from './docker-runner.ts';
import { DockerRunner } from './docker-runner.ts';
import { program } from './programs.ts';

const RUNTIME = 'runsc';
const LANGUAGES: readonly LanguageId[] = ['python', 'javascript', 'bash'];
const ROUNDS = 10;

/** The same with a kernel of its own between the program and the host's. */
export async function measureGvisor(context: BenchContext): Promise<AreaResult> {
  const { runtimes } = context.engine;
  if (!runtimes.includes(RUNTIME)) {
    const reason = `the engine has no runtime ${RUNTIME}; it has ${runtimes.join(', ')}`;
    return { figures: [], skipped: LANGUAGES.map((language) => ({ name: nameOf(language), reason })) };
  }
  const figures: Figure[] = [];
  const skipped: Skip[] = [];
  for (const language of LANGUAGES) {
    try {
      figures.push(await measureLanguage(context, language));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      skipped.push({ name: nameOf(language), reason });
    }
  }
  return { figures, skipped };
}

async function measureLanguage(context: BenchContext, language: LanguageId): Promise<Figure> {
  await using docker = new DockerRunner(context, RUNTIME);
  const version = (await docker.versions([language])).get(language) ?? null;
  const bare = await prepareBare(program(language), version, context.directory);
  if (bare === null) throw new Error(`this machine has no ${language} of its own to compare with`);
  await docker.fillPool(program(language));
  const times = await interleave(
    { ours: async () => void (await docker.run(program(language))), bare: bare.run },
    {
      rounds: ROUNDS,
      warmUpRounds: 1,
      afterEach: async (kind) => (kind === 'ours' ? docker.refilled() : undefined),
    },
  );
  return timesFigure({
    name: nameOf(language),
    ours: times.ours,
    reference: times.bare,
    against: 'bare',
    atMost: null,
    remark: bare.madeBy,
  });
}

function nameOf(language: LanguageId): string {
  return `${language}, warm, under gVisor`;
}
