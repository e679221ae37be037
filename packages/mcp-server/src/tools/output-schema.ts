import type { Tool } from '@modelcontextprotocol/server';

/** Of both tools that tell of a run. Further properties are added as there is something to say. */
export const RUN_OUTPUT_SCHEMA: NonNullable<Tool['outputSchema']> = {
  type: 'object',
  properties: {
    status: { type: 'string' },
    // Two branches: not every client's dialect takes a list of types.
    exit_code: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    stdout: { type: 'string' },
    stderr: { type: 'string' },
    run_id: { type: 'string' },
  },
  required: ['status', 'run_id'],
};

export const STATUS_OUTPUT_SCHEMA: NonNullable<Tool['outputSchema']> = {
  type: 'object',
  properties: {
    executors: { type: 'array', items: { type: 'object' } },
    runs: { type: 'array', items: { type: 'object' } },
  },
};
