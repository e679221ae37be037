import { z } from 'zod';
import type { StreamName } from '../runs/stream-name.ts';
import { STREAM_NAMES } from '../runs/stream-name.ts';
import { RUN_LIMITS } from '../runs/run-limits.ts';
import { madeOnce } from './made-once.ts';

/** Bytes; a page of an answer. */
export const LARGEST_PAGE_BYTES = 8_000;
const MOST_WAIT_SECONDS = 45;

export interface ReadOutputInput {
  readonly run_id: string;
  readonly stream?: StreamName | undefined;
  readonly artifact?: string | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
  readonly wait_seconds?: number | undefined;
}

export const readOutputSchema: () => z.ZodType<ReadOutputInput> = madeOnce(() =>
  z.strictObject({
    run_id: z.string(),
    stream: z.enum(STREAM_NAMES).optional(),
    artifact: z.string().optional().describe('A file instead'),
    offset: z.int().min(0).max(RUN_LIMITS.outputBytes).optional(),
    limit: z.int().min(1).max(LARGEST_PAGE_BYTES).optional().describe('Bytes'),
    wait_seconds: z.number().min(0).max(MOST_WAIT_SECONDS).optional(),
  }),
);
