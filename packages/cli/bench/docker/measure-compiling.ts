import type { LanguageId } from '@cloche/core/executor';
import type { AreaResult, Figure } from '../figure.ts';
import { median, rounded } from '../statistics.ts';
import { timesFigure } from './compare.ts';
import type { BenchContext } from './docker-runner.ts';
import { DockerRunner } from './docker-runner.ts';
import { programOfItsOwn } from './programs.ts';

const LANGUAGES = ['cpp', 'go', 'rust'] as const;
const ROUNDS = 5;
const TIMES_FIRST = 0.5;

/** A program that is run twice is compiled once. */
export async function measureCompiling(context: BenchContext): Promise<AreaResult> {
  const figures: Figure[] = [];
  for (const language of LANGUAGES) figures.push(...(await measureLanguage(context, language)));
  return { figures, skipped: [] };
}

async function measureLanguage(context: BenchContext, language: LanguageId): Promise<readonly Figure[]> {
  await using docker = new DockerRunner(context);
  const total = { first: [] as number[], second: [] as number[] };
  const compile = { first: [] as number[], second: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const request = programOfItsOwn(language, `measured in round ${round}`);
    for (const time of ['first', 'second'] as const) {
      const startedAtMs = performance.now();
      const result = await docker.run(request);
      const durationMs = performance.now() - startedAtMs;
      // Before the first round nothing waits.
      if (round > 0) {
        total[time].push(durationMs);
        compile[time].push(result.compile?.durationMs ?? 0);
      }
      await docker.refilled();
    }
  }
  const compiling = `the compile phase ${rounded(median(compile.second))} ms against ${rounded(median(compile.first))} ms`;
  const name = `${language}: an unchanged program again`;
  const again = timesFigure({
    name,
    ours: total.second,
    reference: total.first,
    against: 'the first run',
    atMost: TIMES_FIRST,
    remark: compiling,
  });
  if (language !== 'go') return [again];
  return [
    again,
    {
      name: 'go: a first run, its library compiled ahead',
      value: median(total.first),
      unit: 'ms',
      bar: null,
      detail: `of which compiling ${rounded(median(compile.first))} ms`,
      count: ROUNDS,
    },
  ];
}
