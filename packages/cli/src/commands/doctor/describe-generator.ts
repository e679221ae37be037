import type { LocalizedText } from '@cloche/core/executor';
import { printable } from '../../output/printable.ts';
import type { Gap } from './find-gaps.ts';
import type { GeneratorReport } from './inspect-generator.ts';

const WHERE: LocalizedText = { en: 'generator', zh: '生成器' };

/** `Programs are written by: Anthropic, claude-…; key from ANTHROPIC_API_KEY; it answers`. */
export function describeGenerator({ resolved, probe }: GeneratorReport): LocalizedText {
  if (resolved === null) return { en: 'Programs are written by: no model', zh: '编写程序的模型：无' };
  const { service, baseUrl } = resolved;
  // A service without a name has that of its host, which the address says too.
  const isNamed = baseUrl === null || new URL(baseUrl).host !== service;
  const model = probe.available ? probe.model : resolved.model;
  const names = [isNamed ? service : null, model].filter((name) => name !== null).map(printable);
  const address = baseUrl === null ? null : printable(baseUrl);
  const key = resolved.keySource === null ? null : printable(resolved.keySource);
  const en = [
    names.join(', '),
    address === null ? '' : `at ${address}`,
    key === null ? 'without a key' : `key from ${key}`,
    probe.available ? 'it answers' : 'unavailable',
  ];
  const zh = [
    names.join('，'),
    address === null ? '' : `地址 ${address}`,
    key === null ? '无密钥' : `密钥来自 ${key}`,
    probe.available ? '有应答' : '不可用',
  ];
  return {
    en: `Programs are written by: ${en.filter((part) => part !== '').join('; ')}`,
    zh: `编写程序的模型：${zh.filter((part) => part !== '').join('；')}`,
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
