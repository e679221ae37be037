import type { Config } from './config.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import { isSecretName } from './secret-name.ts';

const SECRET_KEYS = new Set<string>(CONFIG_KEYS.filter(({ secret }) => secret).map(({ key }) => key));

/**
 * Every secret of a configuration, whole, so that it can be taken out of what people are told: the values of the keys
 * that are secret, and in the tables of executors of those whose names say so. Each once; none where there is none.
 */
export function configSecrets({ executorOptions, generator }: Config): readonly string[] {
  const secrets = new Set<string>();
  const take = (key: string, name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) take(key, name, item);
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, item] of Object.entries(value)) take(`${key}.${inner}`, inner, item);
    } else if (typeof value === 'string' && value !== '' && (SECRET_KEYS.has(key) || isSecretName(name)))
      secrets.add(value);
  };
  take('generator', 'generator', generator);
  for (const [table, options] of Object.entries(executorOptions)) take(table, table, options);
  return [...secrets];
}
