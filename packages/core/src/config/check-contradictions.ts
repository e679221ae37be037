import { isIsolationAtLeast } from '../executor/isolation.ts';
import type { LocalizedText } from '../executor/localized-text.ts';
import type { Config } from './config.ts';
import type { ConfigKey } from './config-key.ts';
import { invalidConfig } from './invalid-config.ts';
import type { MergedLayers } from './merge-layers.ts';
import { showConfigValue } from './show-config-value.ts';

interface Contradiction {
  readonly keys: readonly [ConfigKey, ConfigKey];
  readonly holds: (config: Config) => boolean;
  readonly reason: LocalizedText;
}

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    keys: ['executor', 'isolation.minimum'],
    holds: (config) =>
      config.executor === 'local' && isIsolationAtLeast(config.isolation.minimum, 'container'),
    reason: {
      en: 'the local executor never isolates more strongly than process',
      zh: '本地执行器的隔离级别最高为 process',
    },
  },
  {
    keys: ['local.sandbox', 'isolation.minimum'],
    holds: (config) =>
      config.executor === 'local' &&
      config.executorOptions['local']?.['sandbox'] === 'off' &&
      isIsolationAtLeast(config.isolation.minimum, 'process'),
    reason: {
      en: 'without a sandbox the local executor isolates nothing',
      zh: '没有沙箱时本地执行器不提供隔离',
    },
  },
];

/** @throws ClocheError `ERR_CONFIG_INVALID` naming both values and where they come from */
export function checkContradictions(config: Config, merged: MergedLayers): void {
  checkOrder(config, merged);
  const found = CONTRADICTIONS.find(({ holds }) => holds(config));
  if (found === undefined) return;
  const [left, right] = found.keys.map((key) => {
    const sourced = merged.values.get(key);
    return `${key} = ${showConfigValue(sourced?.value ?? null)} (${sourced?.source.name ?? ''})`;
  });
  throw invalidConfig(
    { source: null, key: null },
    {
      en: `${left} and ${right} contradict each other: ${found.reason.en}.`,
      zh: `${left} 与 ${right} 互相矛盾：${found.reason.zh}。`,
    },
    {
      en: 'See where every value comes from: cloche config --sources',
      zh: '查看每个值的来源：cloche config --sources',
    },
  );
}

function checkOrder(config: Config, merged: MergedLayers): void {
  const { order } = config.auto;
  const twice = order.find((name, index) => order.indexOf(name) !== index);
  const problem =
    order.length === 0
      ? { en: 'It names no executor.', zh: '没有列出任何执行器。' }
      : order.includes('auto')
        ? { en: 'auto cannot be one of its own executors.', zh: 'auto 不能包含自身。' }
        : twice === undefined
          ? null
          : { en: `It names ${twice} twice.`, zh: `${twice} 重复出现。` };
  if (problem === null) return;
  throw invalidConfig(
    { source: merged.values.get('auto.order')?.source.name ?? null, key: 'auto.order' },
    problem,
    { en: 'For example: auto.order = ["docker", "local"]', zh: '例如：auto.order = ["docker", "local"]' },
  );
}
