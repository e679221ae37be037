import { z } from 'zod';

const SANDBOX_ACTIONS = ['status', 'list', 'cancel', 'close'] as const;

export interface ManageSandboxInput {
  readonly action: (typeof SANDBOX_ACTIONS)[number];
  readonly run_id?: string | undefined;
  readonly session_id?: string | undefined;
}

export const ManageSandboxSchema: z.ZodType<ManageSandboxInput> = z.strictObject({
  action: z.enum(SANDBOX_ACTIONS),
  run_id: z.string().optional(),
  session_id: z.string().optional(),
});
