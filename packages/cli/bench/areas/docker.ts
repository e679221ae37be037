import type { BenchContext } from '../docker/docker-runner.ts';
import { DockerRunner } from '../docker/docker-runner.ts';
import { findEngine } from '../docker/find-engine.ts';
import { measureAhead } from '../docker/measure-ahead.ts';
import { measureBurst } from '../docker/measure-burst.ts';
import { measureCold } from '../docker/measure-cold.ts';
import { measureCompiling } from '../docker/measure-compiling.ts';
import { measureGvisor } from '../docker/measure-gvisor.ts';
import { measureOutput } from '../docker/measure-output.ts';
import { measurePlain } from '../docker/measure-plain.ts';
import { program } from '../docker/programs.ts';
import type { AreaResult } from '../figure.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

/** Core and the Docker executor inside one process, beside Docker's own ways on the same engine and image. */
export async function measure(): Promise<AreaResult> {
  const search = await findEngine();
  if (!search.found) return { figures: [], skipped: [{ name: 'docker', reason: search.reason }] };
  const { engine } = search;
  return withTemporaryDirectory((directory) => measureIn({ engine, directory }));
}

async function measureIn(context: BenchContext): Promise<AreaResult> {
  await prepareImage(context);
  const ahead = await measureAhead(context);
  const plain = await measurePlain(context);
  // Interpreters that start ahead are what a user gets, where they do.
  const warm = [...ahead.programs, ...plain.programs];
  const parts = [
    ahead,
    plain,
    await measureCold(context, warm),
    await measureBurst(context),
    await measureOutput(context),
    await measureCompiling(context),
    await measureGvisor(context),
  ];
  return {
    figures: parts.flatMap(({ figures }) => figures),
    skipped: parts.flatMap(({ skipped }) => skipped),
  };
}

/** An image that holds no compiled standard library of Go gets one, once for the machine. */
async function prepareImage(context: BenchContext): Promise<void> {
  await using docker = new DockerRunner(context);
  await docker.run(program('go'));
}
