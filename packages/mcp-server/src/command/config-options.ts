import type { ConfigKey, ConfigKeyDefinition, ConfigParser } from '@cloche/core';
import { CONFIG_KEYS } from '@cloche/core';
import type { OptionDefinition } from './option-definition.ts';

/** What stands behind the flag of each kind of value. */
const VALUE_NAMES: Readonly<Record<ConfigParser, string>> = {
  duration: 'time',
  size: 'size',
  count: 'number',
  number: 'number',
  boolean: 'yes|no',
  enum: 'word',
  locale: 'word',
  list: 'list',
  pairs: 'pairs',
  text: 'name',
};

const OWN_VALUE_NAMES: Readonly<Partial<Record<ConfigKey, string>>> = {
  'daytona.apiKey': 'key',
  'daytona.apiUrl': 'URL',
  'generator.apiKey': 'key',
  'generator.baseUrl': 'URL',
};

/** Every key that says how programs run and has a flag, so that none is forgotten here. */
export const CONFIG_OPTIONS: readonly OptionDefinition[] = optionsOf(({ key }) => !isOfGenerator(key));

/** Whose model writes programs, for the commands that generate. */
export const GENERATOR_OPTIONS: readonly OptionDefinition[] = optionsOf(({ key }) => isOfGenerator(key));

/** Those of them that say which model it is, for the commands that generate nothing. */
export const GENERATOR_SERVICE_OPTIONS: readonly OptionDefinition[] = optionsOf(
  ({ key }) => isOfGenerator(key) && key !== 'generator.maxAttempts',
);

/** The flags of Daytona, for the commands that tell what runs there. */
export const DAYTONA_OPTIONS: readonly OptionDefinition[] = optionsOf(({ key }) =>
  key.startsWith('daytona.'),
);

/** Those of them that say which service it is, for the commands that make no sandbox. */
export const DAYTONA_SERVICE_OPTIONS: readonly OptionDefinition[] = optionsOf(
  ({ key }) => key.startsWith('daytona.') && key !== 'daytona.snapshot',
);

function isOfGenerator(key: ConfigKey): boolean {
  return key.startsWith('generator.');
}

function optionsOf(isWanted: (definition: ConfigKeyDefinition) => boolean): OptionDefinition[] {
  return CONFIG_KEYS.filter(isWanted).flatMap(({ key, flag, parser, values, limit, description }) => {
    if (flag === null) return [];
    const isTold = values?.every((value) => description.en.includes(value)) ?? true;
    const list = isTold ? '' : ` (${values?.join(', ')})`;
    return {
      flags: `${flag} <${OWN_VALUE_NAMES[key] ?? VALUE_NAMES[parser]}>`,
      description: { en: `${description.en}${list}`, zh: `${description.zh}${list}` },
      group: limit === null ? 'general' : 'limits',
    };
  });
}
