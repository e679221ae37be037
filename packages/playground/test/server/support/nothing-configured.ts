import type { PlaygroundGeneration } from '../../../src/index.ts';
import { ClocheError } from '@cloche/core/executor';

/** Of a user without a model. */
export const NOTHING_CONFIGURED: PlaygroundGeneration = {
  describe: () => Promise.resolve(null),
  open: () => Promise.reject(nothing()),
  listModels: () => Promise.reject(nothing()),
};

function nothing(): ClocheError {
  return new ClocheError({
    code: 'ERR_GENERATOR_FAILED',
    message: { en: 'No model is configured.', zh: '没有配置模型。' },
  });
}
