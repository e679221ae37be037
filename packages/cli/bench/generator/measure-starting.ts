import type { Runner } from '@cloche/core';
import { DEFAULT_GENERATOR_CONFIG, DEFAULT_RUNNER_CONFIG } from '@cloche/core';
import { createGenerator, openCodeModel, resolveModel } from '@cloche/generator';
import type { ModelServer } from '@cloche/model-test-server';
import type { Figure } from '../figure.ts';
import { withLocalRunner } from '../local/local-runner.ts';
import { median, rounded } from '../statistics.ts';
import { REPLY } from './written-reply.ts';

const ROUNDS = 20;
const WARM_UP_ROUNDS = 2;
const AT_MOST_MS = 30;

/** From the moment when the last token leaves the model's service until the runner is asked to run the program. */
export async function measureStarting(server: ModelServer, directory: string): Promise<Figure> {
  const model = resolveModel(
    { ...DEFAULT_GENERATOR_CONFIG, baseUrl: server.baseUrls.compatible, model: 'bench' },
    {},
  );
  if (model === null) throw new Error('There is no model.');
  const times = await withLocalRunner(directory, 'auto', async ({ runner }) => {
    let startedAtMs = 0;
    const watched: Runner = {
      executorNames: () => runner.executorNames(),
      prepare: (language, options) => runner.prepare(language, options),
      execute: (request, options) => {
        startedAtMs = performance.now();
        return runner.execute(request, options);
      },
      openSession: (options) => runner.openSession(options),
      inspect: () => runner.inspect(),
      executor: (name) => runner.executor(name),
      reap: () => runner.reap(),
      [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
    };
    const generator = createGenerator({
      runner: watched,
      model: openCodeModel(model),
      config: { ...DEFAULT_RUNNER_CONFIG, generator: DEFAULT_GENERATOR_CONFIG },
    });
    const measured: number[] = [];
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
      server.script([REPLY]);
      const { status } = await generator.generate({ requirement: 'print a number', language: 'python' })
        .result;
      const sentAtMs = server.calls.at(-1)?.sentAtMs.at(-1);
      if (status !== 'ok' || sentAtMs === undefined) throw new Error(`The generation ended with ${status}.`);
      if (round >= 0) measured.push(startedAtMs - sentAtMs);
    }
    return measured;
  });
  return {
    name: 'run started',
    value: median(times),
    unit: 'ms after the last token was sent',
    bar: { relation: 'at most', value: AT_MOST_MS },
    detail: `until core is asked to run it; the slowest ${rounded(Math.max(...times))} ms`,
    count: times.length,
  };
}
