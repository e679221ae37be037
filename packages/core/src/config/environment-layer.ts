import type { LocalizedText } from '../executor/localized-text.ts';
import type { SourcedValue } from './config-layer.ts';
import type { ConfigLayer } from './config-layer.ts';
import type { ConfigKey, ConfigKeyDefinition, ConfigValue } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import { invalidConfig } from './invalid-config.ts';
import { nearestName } from './nearest-name.ts';
import { parseConfigValue } from './parse-config-value.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of Cloche that are no keys of the configuration. */
const OTHER_VARIABLES = [
  'CLOCHE_HOME',
  'CLOCHE_HTTP_TOKEN',
  'CLOCHE_LOG',
  'CLOCHE_DEBUG',
  'CLOCHE_TEST_REQUIRE',
];

/**
 * A variable that is set to nothing counts as not set.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` naming the variable
 */
export function environmentLayer(environment: Environment): ConfigLayer {
  const values = new Map<ConfigKey, SourcedValue<ConfigValue>>();
  for (const definition of CONFIG_KEYS) {
    const name = variableOf(definition, environment);
    if (name === null) continue;
    const value = parseConfigValue(definition, environment[name] ?? '', name);
    values.set(definition.key, { value, source: { kind: 'environment', name } });
  }
  return { kind: 'environment', values, options: new Map() };
}

/** The variable that gives the key; null when none does. */
function variableOf(definition: ConfigKeyDefinition, environment: Environment): string | null {
  const [name, ...others] = definition.variables.filter((variable) => isSet(environment[variable]));
  if (name === undefined) return null;
  const other = others.find((variable) => environment[variable] !== environment[name]);
  if (other === undefined) return name;
  throw invalidConfig(
    { source: null, key: null },
    {
      en: `The variables ${name} and ${other} contradict each other: both give ${definition.key}.`,
      zh: `环境变量 ${name} 与 ${other} 互相矛盾：两者都给出 ${definition.key}。`,
    },
    { en: `Keep one of them: unset ${other}`, zh: `请只保留其中一个：unset ${other}` },
  );
}

/** A variable that is nearly one of ours is most likely a slip; it could be somebody else's, so it is no error. */
export function environmentWarnings(environment: Environment): LocalizedText[] {
  const known = [...OTHER_VARIABLES, ...CONFIG_KEYS.flatMap((definition) => definition.variables)];
  const warnings: LocalizedText[] = [];
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('CLOCHE_') || known.includes(name) || !isSet(environment[name])) continue;
    const nearest = nearestName(name, known);
    if (nearest === null) continue;
    warnings.push({
      en: `The variable ${name} is not known and has no effect. Did you mean ${nearest}?`,
      zh: `未知的环境变量 ${name} 不起作用。是否想设置 ${nearest}？`,
    });
  }
  return warnings;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
