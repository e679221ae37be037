import type { LanguageId } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import type { DockerOptions } from '../options.ts';

/** The image that runs a language: its own of the configuration, the one for all, the official one. */
export function imageOf(options: Pick<DockerOptions, 'image' | 'images'>, language: LanguageId): string {
  return options.images[language] ?? options.image ?? LANGUAGES[language].image;
}
