import type { ConfigKeyDefinition } from './config-key.ts';

type Given = Pick<ConfigKeyDefinition, 'key' | 'parser' | 'defaultValue' | 'description'> &
  Partial<ConfigKeyDefinition>;

/** A definition, of which most parts are the same for most keys. */
export function row(given: Given): ConfigKeyDefinition {
  return {
    variables: [],
    flag: null,
    values: null,
    limit: null,
    bounds: null,
    secret: false,
    projectFile: 'never',
    ...given,
  };
}
