import type { Config } from '@cloche/core';
import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGE_IDS } from '@cloche/core/executor';
import { z } from 'zod';

export interface ContextFile {
  readonly path: string;
  readonly content: string;
}

export interface GenerateCodeInput {
  readonly requirement: string;
  readonly language?: LanguageId | undefined;
  readonly context?: readonly ContextFile[] | undefined;
  readonly tests?: string | undefined;
  readonly execute?: boolean | undefined;
  readonly max_attempts?: number | undefined;
  readonly timeout_seconds?: number | undefined;
  readonly session_id?: string | undefined;
}

/** What a model may say: of attempts and time as much as the configuration has, and no provider, model or network. */
export function generateCodeSchema({ generator }: Pick<Config, 'generator'>): z.ZodType<GenerateCodeInput> {
  return z.strictObject({
    requirement: z.string(),
    language: z.enum(LANGUAGE_IDS).optional(),
    // How many there may be is the runner's to say.
    context: z.array(z.strictObject({ path: z.string(), content: z.string() })).optional(),
    tests: z.string().optional().describe('Program beside solution.EXT, same language, must exit 0'),
    execute: z.boolean().optional(),
    max_attempts: z.int().min(1).max(generator.maximumAttempts).optional(),
    timeout_seconds: z
      .number()
      .min(1)
      .max(Math.max(1, Math.floor(generator.timeoutMs / 1000)))
      .optional(),
    session_id: z.string().optional(),
  });
}
