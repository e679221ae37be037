import type { Locale, LocalizedText } from '../executor/localized-text.ts';
import { LANGUAGE_IDS } from '../executor/languages/language-id.ts';
import type { ExecutionLimits } from '../executor/limits/execution-limits.ts';
import { DEFAULT_LIMITS } from '../executor/limits/execution-limits.ts';
import type { Config, ConfigEntry, ConfigSource, LanguageConfig } from './config.ts';
import type { ConfigKey, ConfigValue } from './config-key.ts';
import { CONFIG_KEYS } from './config-keys.ts';
import { DEFAULT_SOURCE } from './config-source-of.ts';
import type { ConfigLayer, SourcedValue } from './config-layer.ts';
import type { CredentialPair } from './credential-pairs.ts';
import { CREDENTIAL_PAIRS } from './credential-pairs.ts';
import { EXECUTOR_TABLES } from './executor-tables.ts';
import { invalidConfig } from './invalid-config.ts';
import { redacted } from './redact-secret.ts';
import { isSecretName } from './secret-name.ts';

/** The lowest layer. */
export function defaultLayer(): ConfigLayer {
  const values = new Map<ConfigKey, SourcedValue<ConfigValue>>();
  for (const { key, defaultValue } of CONFIG_KEYS)
    values.set(key, { value: defaultValue, source: DEFAULT_SOURCE });
  return { kind: 'default', values, options: new Map() };
}

export interface MergedLayers {
  readonly values: ReadonlyMap<ConfigKey, SourcedValue<ConfigValue>>;
  readonly options: ReadonlyMap<string, SourcedValue<unknown>>;
  readonly warnings: readonly LocalizedText[];
}

/**
 * @param layers highest first, the defaults last
 * @throws ClocheError `ERR_CONFIG_INVALID` for a flag that gives an endpoint, and a key that comes from elsewhere
 */
export function mergeLayers(layers: readonly ConfigLayer[]): MergedLayers {
  const values = new Map<ConfigKey, SourcedValue<ConfigValue>>();
  const options = new Map<string, SourcedValue<unknown>>();
  for (const layer of layers.toReversed()) {
    for (const [key, value] of layer.values) values.set(key, value);
    for (const [key, value] of layer.options) options.set(key, value);
  }
  return { values, options, warnings: CREDENTIAL_PAIRS.flatMap((pair) => keepPair(pair, layers, values)) };
}

/**
 * Takes the endpoint from the layer of the credential alone: a key must never be sent to an address
 * that somebody else gave.
 */
function keepPair(
  pair: CredentialPair,
  layers: readonly ConfigLayer[],
  values: Map<ConfigKey, SourcedValue<ConfigValue>>,
): LocalizedText[] {
  const layer = layers.find(({ kind, values: own }) => kind !== 'default' && own.has(pair.credential));
  if (layer === undefined) return [];
  const credential = layer.values.get(pair.credential);
  const merged = values.get(pair.endpoint);
  const own = layer.values.get(pair.endpoint) ?? { value: null, source: DEFAULT_SOURCE };
  values.set(pair.endpoint, own);
  if (merged === undefined || merged.value === null || merged === own || credential === undefined) return [];
  // What was typed for this very command, or into the page, is refused rather than left out.
  if (merged.source.kind === 'flag' || merged.source.kind === 'session')
    throw endpointAlone(merged.source, credential.source.name, pair);
  return [
    {
      en: `${pair.endpoint} of ${merged.source.name} is not used: a key and its endpoint come from one place, and the key comes from ${credential.source.name}.`,
      zh: `未使用 ${merged.source.name} 中的 ${pair.endpoint}：密钥与其地址须来自同一处，而密钥来自 ${credential.source.name}。`,
    },
  ];
}

function endpointAlone(endpoint: ConfigSource, keySource: string, { credential }: CredentialPair): Error {
  const [first = ''] = CONFIG_KEYS.find(({ key }) => key === credential)?.variables ?? [];
  return invalidConfig(
    { source: endpoint.name, key: null },
    {
      en: `A key and its endpoint come from one place, and the key comes from ${keySource}.`,
      zh: `密钥与其地址须来自同一处，而密钥来自 ${keySource}。`,
    },
    endpoint.kind === 'session'
      ? { en: 'Give the key together with its address.', zh: '请同时给出密钥及其地址。' }
      : {
          en: `Set the address where the key is: ${keySource}. Or give both as variables, ${first} and the address.`,
          zh: `请在密钥所在处设置地址：${keySource}。或同时用环境变量给出 ${first} 和地址。`,
        },
  );
}

/** Every key in the order of the table, then those of other executors. */
export function configEntries(merged: MergedLayers): ConfigEntry[] {
  const known = CONFIG_KEYS.map(({ key, secret }) => {
    const { value, source } = merged.values.get(key) ?? { value: null, source: DEFAULT_SOURCE };
    return { key, value: secret ? redacted(value) : value, source };
  });
  const further = [...merged.options].map(([key, { value, source }]) => ({
    key,
    value: redactedByName(key, value),
    source,
  }));
  return [...known, ...further];
}

function redactedByName(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => redactedByName(name, item));
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactedByName(key, inner)]));
  }
  return isSecretName(name) ? redacted(value) : value;
}

export function configOf(merged: MergedLayers): Config {
  const value = (key: ConfigKey): ConfigValue => merged.values.get(key)?.value ?? null;
  const limits: Partial<Record<keyof ExecutionLimits, number>> = {};
  for (const { key, limit } of CONFIG_KEYS) if (limit !== null) limits[limit] = Number(value(key));
  const languages: Record<string, LanguageConfig> = {};
  for (const id of LANGUAGE_IDS) {
    const given = merged.values.get(`languages.${id}.compileArguments`);
    const compileArguments = (given?.value ?? []) as readonly string[];
    if (given !== undefined && compileArguments.length > 0)
      languages[id] = { compileArguments, source: given.source };
  }
  return {
    executor: value('executor') as string,
    auto: { order: value('auto.order') as readonly string[] },
    isolation: { minimum: value('isolation.minimum') as Config['isolation']['minimum'] },
    network: value('network') as Config['network'],
    limits: { ...DEFAULT_LIMITS, ...limits },
    queue: { concurrency: Number(value('queue.concurrency')), length: Number(value('queue.length')) },
    locale: value('locale') as Locale | null,
    languages,
    executorOptions: executorOptionsOf(merged),
    generator: generatorOf(merged),
  };
}

function generatorOf({ values }: MergedLayers): Config['generator'] {
  const value = (key: ConfigKey): ConfigValue => values.get(key)?.value ?? null;
  const baseUrl = value('generator.baseUrl') as string | null;
  return {
    provider: value('generator.provider') as Config['generator']['provider'],
    model: value('generator.model') as string | null,
    baseUrl,
    baseUrlSource: baseUrl === null ? null : (values.get('generator.baseUrl')?.source ?? null),
    apiKey: value('generator.apiKey') as string | null,
    maximumAttempts: Number(value('generator.maxAttempts')),
    maximumOutputTokens: Number(value('generator.maxOutputTokens')),
    timeoutMs: Number(value('generator.timeout')),
  };
}

function executorOptionsOf(merged: MergedLayers): Config['executorOptions'] {
  const tables: Record<string, Record<string, unknown>> = {};
  const known = [...merged.values].filter(([key]) => EXECUTOR_TABLES.has(key.split('.')[0] ?? ''));
  for (const [key, { value }] of [...known, ...merged.options]) {
    // An executor has defaults of its own for what nobody gives.
    if (value === null) continue;
    const [table = '', ...rest] = key.split('.');
    (tables[table] ??= {})[rest.join('.')] = value;
  }
  return tables;
}
