import type { Config } from '@cloche/core';
import type { LanguageId, NetworkPolicy } from '@cloche/core/executor';
import { LANGUAGE_IDS, NETWORK_POLICIES } from '@cloche/core/executor';
import { z } from 'zod';

const MOST_ARGUMENTS = 1_000;

export interface InputFile {
  readonly path: string;
  readonly content: string;
  readonly encoding?: 'utf8' | 'base64' | undefined;
}

export interface ExecuteCodeInput {
  readonly code: string;
  readonly language: LanguageId;
  readonly stdin?: string | undefined;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly files?: readonly InputFile[] | undefined;
  readonly timeout_seconds?: number | undefined;
  readonly session_id?: string | undefined;
  readonly network?: NetworkPolicy | undefined;
}

/**
 * What a model may say, as the configuration allows it. A model is not offered what policy forbids: `network` is
 * there only where the network may be on.
 */
export function executeCodeSchema({
  limits,
  network,
}: Pick<Config, 'limits' | 'network'>): z.ZodType<ExecuteCodeInput> {
  const file: z.ZodType<InputFile> = z.strictObject({
    path: z.string(),
    content: z.string(),
    encoding: z.enum(['utf8', 'base64']).optional(),
  });
  const shape = {
    code: z.string(),
    language: z.enum(LANGUAGE_IDS),
    stdin: z.string().optional(),
    args: z.array(z.string()).max(MOST_ARGUMENTS).optional(),
    env: z.record(z.string(), z.string()).optional(),
    // How many there may be is the runner's to say.
    files: z.array(file).optional().describe('For the working directory'),
    timeout_seconds: z.number().min(1).max(longestTimeoutSeconds(limits)).optional(),
    session_id: z.string().optional().describe('"new", then the id answered'),
  };
  return network === 'full'
    ? z.strictObject({ ...shape, network: z.enum(NETWORK_POLICIES).optional() })
    : z.strictObject(shape);
}

function longestTimeoutSeconds({ runTimeoutMs }: Config['limits']): number {
  return Math.max(1, Math.floor(runTimeoutMs / 1000));
}
