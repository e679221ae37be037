import { DEFAULT_GENERATOR_CONFIG } from '@cloche/core';
import type {
  CodeModel,
  GenerateOptions,
  GenerationEvent,
  GenerationRequest,
  GenerationResult,
  Generator,
  Runner,
} from '@cloche/core';
import { DEFAULT_LIMITS, EMPTY_OUTPUT, outputText } from '@cloche/core/executor';
import { expect } from 'vitest';
import { createGenerator } from '../../src/create-generator.ts';
import { openTestRunner } from './test-runner.ts';

export interface Generated {
  readonly result: GenerationResult;
  readonly events: readonly GenerationEvent[];
}

export function openGenerator(model: CodeModel, runner: Runner = openTestRunner()): Generator {
  return createGenerator({
    runner,
    model,
    config: {
      generator: { ...DEFAULT_GENERATOR_CONFIG, apiKey: SECRET_KEY },
      limits: DEFAULT_LIMITS,
      network: 'none',
    },
  });
}

/** Configured in every test, and to be found nowhere. */
export const SECRET_KEY = 'sk-secret-of-the-configuration';

/** A whole generation, on this machine. */
export async function generate(
  model: CodeModel,
  request: Partial<GenerationRequest> = {},
  options: GenerateOptions = {},
): Promise<Generated> {
  const generator = openGenerator(model);
  const whole: GenerationRequest = { requirement: 'Print hello.', language: 'python', ...request };
  const events: GenerationEvent[] = [];
  const generation = generator.generate(whole, options);
  for await (const event of generation) events.push(event);
  return { result: await generation.result, events };
}

/** What the program of a generation that went well printed. */
export function stdoutOf({ status, attempts, execution }: GenerationResult): string {
  expect(status, attempts.map(({ error }) => error).join('\n')).toBe('ok');
  return outputText(execution?.run?.stdout ?? EMPTY_OUTPUT);
}
