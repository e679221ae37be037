import type { jsonSchemaValidator } from '@modelcontextprotocol/server';

/** The SDK's own is made with every server, and validates what users fill in (elicitation), which this server never asks for. */
export const unusedValidator: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'nothing is validated here' }),
};
