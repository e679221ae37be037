import type { ConfigParser } from '@cloche/core';

const DURATION_UNITS: readonly (readonly [string, number])[] = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
];
const SIZE_UNITS: readonly (readonly [string, number])[] = [
  ['GiB', 1024 ** 3],
  ['MiB', 1024 ** 2],
  ['KiB', 1024],
  ['', 1],
];

/** A value as it could stand in a flag or a file: `120s`, `512MiB`, `docker, local`, `team=search`; `-` for nothing. */
export function formatConfigValue(value: unknown, parser: ConfigParser | null): string {
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.join(', ');
  if (typeof value === 'number' && parser === 'duration') return inLargestUnit(value, DURATION_UNITS);
  if (typeof value === 'number' && parser === 'size') return inLargestUnit(value, SIZE_UNITS);
  if (parser === 'pairs' && typeof value === 'object') {
    const pairs = Object.entries(value).map(([name, text]) => `${name}=${String(text)}`);
    return pairs.length === 0 ? '-' : pairs.join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** In the largest unit that leaves a whole number, minutes and hours only from two of them on. */
function inLargestUnit(value: number, units: readonly (readonly [string, number])[]): string {
  const found = units.find(
    ([unit, factor]) => value % factor === 0 && value >= factor * (/^[hm]$/u.test(unit) ? 10 : 1),
  );
  const [unit, factor] = found ?? units.at(-1) ?? ['', 1];
  return `${value / factor}${unit}`;
}
