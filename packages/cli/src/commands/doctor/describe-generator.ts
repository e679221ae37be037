import type { LocalizedText } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import type { Gap } from './find-gaps.ts';
import type { GeneratorReport } from './inspect-generator.ts';

const WHERE: LocalizedText = { en: 'generator', zh: '生成器' };

/** `Programs are written by: Anthropic, claude-…; key from ANTHROPIC_API_KEY.` */
export function describeGenerator({ resolved, probe }: GeneratorReport): LocalizedText {
  if (resolved === null) return { en: 'Programs are written by: no model', zh: '编写程序的模型：无' };
  const { service, keySource, baseUrl } = resolved;
  const model = probe.available ? probe.model : resolved.model;
  const name = printable(service);
  const chosen = model === null ? null : printable(model);
  const address = baseUrl === null ? null : printable(baseUrl);
  return {
    en: `Programs are written by: ${[
      chosen === null ? name : `${name}, ${chosen}`,
      ...(address === null ? [] : [`at ${address}`]),
      keySource === null ? 'without a key' : `key from ${printable(keySource)}`,
      probe.available ? 'it answers' : 'unavailable',
    ].join('; ')}`,
    zh: `编写程序的模型：${[
      chosen === null ? name : `${name}，${chosen}`,
      ...(address === null ? [] : [`地址 ${address}`]),
      keySource === null ? '无密钥' : `密钥来自 ${printable(keySource)}`,
      probe.available ? '有应答' : '不可用',
    ].join('；')}`,
  };
}

/** What stands in the way of `cloche generate`. */
export function generatorGaps({ resolved, probe, error }: GeneratorReport): Gap[] {
  if (error !== null) return [{ where: WHERE, reason: error.text.message, hint: error.text.hint, fix: [] }];
  if (!probe.available) {
    const { reason, hint, fix } = probe;
    return [{ where: WHERE, reason, hint, fix }];
  }
  const service = printable(resolved.service);
  if (probe.model === null) {
    return [
      {
        where: WHERE,
        reason: {
          en: `No model is chosen, and ${service} does not offer exactly one.`,
          zh: `未选择模型，且 ${service} 提供的模型不是恰好一个。`,
        },
        hint: {
          en: 'Set CLOCHE_GENERATOR_MODEL or generator.model to one of: cloche models',
          zh: '请将 CLOCHE_GENERATOR_MODEL 或 generator.model 设为其中之一：cloche models',
        },
        fix: ['cloche models'],
      },
    ];
  }
  if (probe.isListed !== false) return [];
  const model = printable(probe.model);
  return [
    {
      where: WHERE,
      reason: { en: `${service} does not list ${model}.`, zh: `${service} 的列表中没有 ${model}。` },
      hint: { en: 'See what it offers: cloche models', zh: '查看可用的模型：cloche models' },
      fix: ['cloche models'],
    },
  ];
}

/** As JSON: flat, and without the key. */
export function serializeGenerator({ resolved, probe, error }: GeneratorReport): unknown {
  return {
    provider: resolved?.provider ?? null,
    service: resolved?.service ?? null,
    model: resolved?.model ?? null,
    baseUrl: resolved?.baseUrl ?? null,
    keySource: resolved?.keySource ?? null,
    probe,
    error: error?.toJSON() ?? null,
  };
}
