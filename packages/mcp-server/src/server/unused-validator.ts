import type { jsonSchemaValidator } from '@modelcontextprotocol/server';

/** The SDK's own is made with every server, and validates answers of clients to questions that this server never asks. */
export const unusedValidator: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'nothing is validated here' }),
};
