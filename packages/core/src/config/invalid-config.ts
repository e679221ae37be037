import { ClocheError } from '../executor/errors/cloche-error.ts';
import type { LocalizedText } from '../executor/localized-text.ts';

/** A configuration error that begins with where it is: `/home/x/.config/cloche/config.toml:12: limits.memory: …`. */
export function invalidConfig(
  place: { readonly source: string | null; readonly key: string | null },
  problem: LocalizedText,
  hint: LocalizedText | null = null,
  cause?: unknown,
): ClocheError {
  const words = [place.source, place.key].filter((word) => word !== null && word !== '');
  const before = {
    en: words.map((word) => `${word}: `).join(''),
    zh: words.map((word) => `${word}：`).join(''),
  };
  return new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: { en: before.en + problem.en, zh: before.zh + problem.zh },
    hint,
    cause,
  });
}
