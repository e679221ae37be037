import type { Tool } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** As JSON Schema, without what costs a model tokens and tells it nothing. */
export function inputSchema(schema: z.ZodType): Tool['inputSchema'] {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // That names are strings goes without saying, and some clients refuse schemas with this word in them.
      delete jsonSchema.propertyNames;
    },
  });
  return { ...rest, type: 'object' } as Tool['inputSchema'];
}
