import type { ConfigKey, ConfigSource, LoadedConfig } from '@cloche/core';
import { configSourceOf, GENERATOR_PROVIDERS } from '@cloche/core';
import type { Locale, LocalizedText } from '@cloche/core/executor';
import { LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import type { SecretSetting, Setting, Settings } from '../../api/settings.ts';
import type { ModelDescription } from '../playground-options.ts';
import { lockReason } from './lock-reasons.ts';

export interface SettingsParts {
  readonly loaded: LoadedConfig;
  readonly executors: readonly string[];
  readonly model: ModelDescription | null;
  readonly modelProblem: LocalizedText | null;
  readonly userConfigFile: string | null;
  readonly locale: Locale;
}

/** What the page is told of the configuration. No key is in it, nor a part of one. */
export function describeSettings(parts: SettingsParts): Settings {
  const { loaded, model } = parts;
  const { config } = loaded;
  const sourceOf = (key: ConfigKey): ConfigSource => configSourceOf(loaded, key);
  const setting = <Value>(key: ConfigKey, value: Value): Setting<Value> => ({
    value,
    source: sourceOf(key).name,
    locked: lockReason(key, loaded),
  });
  const secret = (key: ConfigKey, isSet: boolean, otherSource: string | null = null): SecretSetting => ({
    isSet: isSet || otherSource !== null,
    source: isSet ? sourceOf(key).name : otherSource,
    locked: lockReason(key, loaded),
  });
  const daytona = config.executorOptions['daytona'] ?? {};
  const { generator } = config;
  return {
    executor: setting('executor', config.executor),
    executors: parts.executors,
    autoOrder: config.auto.order,
    minimumIsolation: {
      value: config.isolation.minimum,
      source: sourceOf('isolation.minimum').name,
      locked: {
        en: `isolation.minimum is ${config.isolation.minimum} (${sourceOf('isolation.minimum').name}).`,
        zh: `isolation.minimum 为 ${config.isolation.minimum}（${sourceOf('isolation.minimum').name}）。`,
      },
    },
    network: setting('network', config.network),
    timeoutMs: setting('limits.timeout', config.limits.runTimeoutMs),
    memoryBytes: setting('limits.memory', config.limits.memoryBytes),
    daytona: {
      apiKey: secret('daytona.apiKey', typeof daytona['apiKey'] === 'string'),
      apiUrl: setting('daytona.apiUrl', textOrNull(daytona['apiUrl'])),
    },
    generator: {
      providers: GENERATOR_PROVIDERS,
      provider: setting('generator.provider', generator.provider),
      model: setting('generator.model', generator.model),
      baseUrl: setting('generator.baseUrl', generator.baseUrl),
      apiKey: secret('generator.apiKey', generator.apiKey !== null, model?.keySource ?? null),
      describedAs: model?.name ?? null,
      problem: parts.modelProblem,
      maximumAttempts: setting('generator.maxAttempts', generator.maximumAttempts),
    },
    languages: LANGUAGE_IDS.map((id) => ({ id, name: LANGUAGES[id].displayName })),
    userConfigFile: parts.userConfigFile,
    warnings: loaded.warnings,
    locale: parts.locale,
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
