import type { ReactElement } from 'react';

const PATHS = {
  play: 'M5 3.5v9l7.5-4.5Z',
  stop: 'M4 4h8v8H4Z',
  spark: 'M8 1.5 9.4 6.600 14.500 8l-5.100 1.400L8 14.500 6.600 9.400 1.500 8l5.100-1.400Z',
  plus: 'M8 3v10M3 8h10',
  close: 'm4 4 8 8m0-8-8 8',
  pencil: 'm10.500 3 2.500 2.500L6 12.500l-3 .500.500-3Z',
  copy: 'M5.500 5.500v-3h8v8h-3M2.500 5.500h8v8h-8Z',
  check: 'm3 8.500 3.200 3.200L13 4.800',
  download: 'M8 2v8m-3.200-3L8 10.200 11.200 7M3 13.500h10',
  refresh: 'M13 8a5 5 0 1 1-1.600-3.700M13 2v3h-3',
  lock: 'M4 7.500h8v6H4ZM5.500 7.500v-2a2.500 2.500 0 0 1 5 0v2',
  sun: 'M8 5.200a2.800 2.800 0 1 1 0 5.600 2.800 2.800 0 0 1 0-5.600ZM8 1v1.500m0 11V15M1 8h1.500m11 0H15M3 3l1 1m8 8 1 1m0-10-1 1m-8 8-1 1',
  moon: 'M13 9.500A5.500 5.500 0 0 1 6.500 3a5.500 5.500 0 1 0 6.500 6.500Z',
  system: 'M2 3h12v8H2ZM6 14h4M8 11v3',
  menu: 'M2.500 4h11m-11 4h11m-11 4h11',
  down: 'M8 3v9m-4-4 4 4 4-4',
  chevron: 'm4 6 4 4 4-4',
  file: 'M4 1.800h5l3 3v9.400H4ZM9 1.800v3h3',
  trash: 'M3 4.500h10M6.500 4V2.500h3V4M4.500 4.500l.6 9h5.800l.6-9',
  alert: 'M8 2 14.500 13.500h-13ZM8 6.500v3.200m0 1.800v.2',
  key: 'M9.500 9a3.200 3.200 0 1 0-2.600-1.400L2 12.500V14h2v-1.500h1.500V11H7l1-1.200c.500.100 1-.3 1.500-.8Z',
} as const;

export type IconName = keyof typeof PATHS;
const FILLED: ReadonlySet<IconName> = new Set<IconName>(['play', 'stop', 'spark']);

export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg
      className={FILLED.has(name) ? 'icon icon-filled' : 'icon'}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** A bell of glass on its plate. */
export function Mark(): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        className="mark-glass"
        d="M16 6.500c-6 0-9.500 4.600-9.500 10.600V25h19v-7.900c0-6-3.500-10.600-9.500-10.600Z"
      />
      <circle cx="16" cy="4.600" r="1.900" />
      <path d="M3.500 28.500h25" />
      <path className="mark-light" d="M10.600 19v-2.300c0-2.700 1-4.800 2.900-5.900" />
    </svg>
  );
}
