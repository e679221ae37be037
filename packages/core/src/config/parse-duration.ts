import { ClocheError } from '../executor/errors/cloche-error.ts';

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const DURATION = /^(?<number>\d+(?:\.\d+)?|\.\d+)\s*(?<unit>[a-z]*)$/u;

/**
 * Milliseconds of `120s`, `2m`, `500ms`, `1.5h`; a number alone is seconds.
 *
 * @throws ClocheError `ERR_CONFIG_INVALID` with the text at fault
 */
export function parseDuration(text: string): number {
  const match = DURATION.exec(text.trim().toLowerCase());
  const unit = match?.groups?.['unit'] ?? '';
  const factor = UNITS_MS[unit === '' ? 's' : unit];
  const milliseconds = Math.round(Number(match?.groups?.['number']) * (factor ?? Number.NaN));
  if (Number.isSafeInteger(milliseconds)) return milliseconds;
  const shown = JSON.stringify(text);
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: { en: `${shown} is not a duration.`, zh: `${shown} 不是有效的时长。` },
    hint: {
      en: 'Give a number with ms, s, m or h, such as 500ms, 90s or 2m; a number alone means seconds.',
      zh: '请给出带单位 ms、s、m 或 h 的数字，例如 500ms、90s 或 2m；不带单位表示秒。',
    },
  });
}
