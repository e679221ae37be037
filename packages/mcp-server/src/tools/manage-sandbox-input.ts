import { z } from 'zod';
import { madeOnce } from './made-once.ts';

const SANDBOX_ACTIONS = ['status', 'list', 'cancel', 'close'] as const;

export interface ManageSandboxInput {
  readonly action: (typeof SANDBOX_ACTIONS)[number];
  readonly run_id?: string | undefined;
  readonly session_id?: string | undefined;
}

export const manageSandboxSchema: () => z.ZodType<ManageSandboxInput> = madeOnce(() =>
  z.strictObject({
    action: z.enum(SANDBOX_ACTIONS),
    run_id: z.string().optional(),
    session_id: z.string().optional(),
  }),
);
