import type { LoadedConfig, Runner } from '@cloche/core';
import type { RequestFile } from '@cloche/core/executor';
import type { RunRequest } from '../../api/runs.ts';
import type { PlaygroundGeneration } from '../playground-options.ts';
import type { RunSource } from './playground-run.ts';

export interface RunParts {
  readonly request: RunRequest;
  readonly loaded: LoadedConfig;
  readonly runner: Runner;
  readonly generation: PlaygroundGeneration;
  readonly signal: AbortSignal;
}

/**
 * Begins what was asked for. Whoever awaits this takes the events up before control returns to the event loop.
 *
 * @throws ClocheError `ERR_GENERATOR_FAILED` or `ERR_CONFIG_INVALID` where there is nothing that writes programs
 */
export async function startRun(parts: RunParts): Promise<RunSource> {
  const { request, loaded, runner, signal } = parts;
  const options = { signal, executor: loaded.config.executor };
  const { stdin, arguments: programArguments } = request;
  const given = {
    ...(stdin !== undefined && { stdin }),
    ...(programArguments !== undefined && { arguments: programArguments }),
  };
  const files = (request.files ?? []).map(decodeFile);
  if (request.kind === 'execute') {
    const { language, code, fileName } = request;
    const execution = runner.execute(
      { language, code, files, ...given, ...(fileName !== undefined && { fileName }) },
      options,
    );
    return { kind: 'execution', execution };
  }
  const generator = await parts.generation.open(loaded.config, runner);
  const generation = generator.generate(
    { requirement: request.requirement, language: request.language, context: files, ...given },
    options,
  );
  return { kind: 'generation', generation };
}

function decodeFile({ path, content }: { readonly path: string; readonly content: string }): RequestFile {
  return { path, content: Buffer.from(content, 'base64') };
}
