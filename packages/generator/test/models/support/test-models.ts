import type { CodeModel, GeneratorConfig, GeneratorProvider, ModelAnswer } from '@cloche/core';
import { DEFAULT_GENERATOR_CONFIG, GENERATOR_PROVIDERS } from '@cloche/core';
import { ClocheError } from '@cloche/core/executor';
import type { BaseUrls } from '@cloche/model-test-server';
import { openCodeModel, resolveModel } from '../../../src/index.ts';
import type { CallLimits, ResolvedModel } from '../../../src/index.ts';

export const PROVIDERS: readonly GeneratorProvider[] = GENERATOR_PROVIDERS;
/** What must turn up in a header, and nowhere else. */
export const MARKER_KEY = 'marker-key-8d1f0c52';

export function generatorConfig(given: Partial<GeneratorConfig> = {}): GeneratorConfig {
  return { ...DEFAULT_GENERATOR_CONFIG, ...given };
}

/** A model of the test server, as somebody would configure it by Cloche's own variables. */
export function resolvedAt(
  { baseUrls }: { readonly baseUrls: BaseUrls },
  provider: GeneratorProvider,
  given: Partial<GeneratorConfig> = {},
): ResolvedModel {
  const config = generatorConfig({
    provider,
    model: 'test-model',
    baseUrl: baseUrls[provider],
    baseUrlSource: { kind: 'environment', name: 'CLOCHE_GENERATOR_BASE_URL' },
    apiKey: MARKER_KEY,
    ...given,
  });
  const resolved = resolveModel(config, {});
  if (resolved === null) throw new Error('nothing is configured');
  return resolved;
}

export interface Written {
  readonly answer: ModelAnswer;
  readonly pieces: readonly string[];
}

export interface WriteInput {
  readonly system?: string;
  readonly requirement?: string;
  readonly signal?: AbortSignal;
  readonly onText?: (text: string) => void;
}

export async function write(model: CodeModel, input: WriteInput = {}): Promise<Written> {
  const pieces: string[] = [];
  const answer = await model.write(
    {
      system: input.system ?? 'You write.',
      messages: [{ role: 'user', text: input.requirement ?? 'Write.' }],
      maximumOutputTokens: 300,
    },
    {
      signal: input.signal ?? new AbortController().signal,
      onText: (text) => {
        pieces.push(text);
        input.onText?.(text);
      },
    },
  );
  return { answer, pieces };
}

export interface FailedWrite {
  readonly error: ClocheError;
  /** What had arrived before. */
  readonly text: string;
}

/** Writes, and expects that to fail. No call is made twice unless `limits` say so. */
export async function failToWrite(
  resolved: ResolvedModel,
  limits: Partial<CallLimits> = {},
): Promise<FailedWrite> {
  let text = '';
  const model = openCodeModel(resolved, { maximumRetries: 0, ...limits });
  const onText = (piece: string): void => {
    text += piece;
  };
  const outcome: unknown = await write(model, { onText }).catch((error: unknown) => error);
  if (!ClocheError.isInstance(outcome)) throw new Error(`no error of ours: ${JSON.stringify(outcome)}`);
  return { error: outcome, text };
}
