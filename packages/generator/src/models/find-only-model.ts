import { ClocheError } from '@cloche/core/executor';
import { listModels } from './list-models.ts';
import type { ResolvedModel } from './resolved-model.ts';

const MAXIMUM_NAMED = 8;
const LONGEST_NAME = 200;

/**
 * The one model that an endpoint offers, where nobody named one.
 *
 * @throws ClocheError `ERR_GENERATOR_FAILED` where it offers none or several
 */
export async function findOnlyModel(resolved: ResolvedModel, signal: AbortSignal): Promise<string> {
  const models = await listModels(resolved, { signal });
  const [only, ...further] = models;
  if (only !== undefined && further.length === 0) return only.id;
  const { service } = resolved;
  // Printed by terminals: of a name, what is no plain text is left out.
  const names = models
    .slice(0, MAXIMUM_NAMED)
    .map(({ id }) => id.slice(0, LONGEST_NAME).replaceAll(/[\p{Cc}\p{Cf}]/gu, ''));
  const more = models.length > names.length ? ', …' : '';
  throw new ClocheError({
    code: 'ERR_GENERATOR_FAILED',
    message:
      only === undefined
        ? { en: `${service} offers no model.`, zh: `${service} 没有提供任何模型。` }
        : {
            en: `No model is chosen, and ${service} offers ${models.length}: ${names.join(', ')}${more}.`,
            zh: `未选择模型，而 ${service} 提供 ${models.length} 个：${names.join('、')}${more}。`,
          },
    hint:
      only === undefined
        ? { en: 'Load one there (ollama pull NAME).', zh: '请先在该处加载模型（ollama pull NAME）。' }
        : {
            en: 'Set generator.model (CLOCHE_GENERATOR_MODEL). cloche models lists them all.',
            zh: '请设置 generator.model（CLOCHE_GENERATOR_MODEL）。运行 cloche models 可查看全部。',
          },
  });
}
