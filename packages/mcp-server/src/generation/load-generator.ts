import type * as generator from '@cloche/generator';

export type GeneratorModule = Pick<
  typeof generator,
  'createGenerator' | 'noModelConfigured' | 'openCodeModel' | 'resolveModel'
>;

/** Nothing of models is loaded before somebody has a program written. */
export function loadGenerator(): Promise<GeneratorModule> {
  return import('@cloche/generator');
}
