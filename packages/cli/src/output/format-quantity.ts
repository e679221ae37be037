const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `512 MiB`, `1.5 GiB`, `17 bytes`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${shortNumber(value)} ${UNITS[unit] ?? ''}`;
}

/** Seconds as people write them: `120`, `0.5`, `1.25`. */
export function formatSeconds(milliseconds: number): string {
  return shortNumber(milliseconds / 1000);
}

function shortNumber(value: number): string {
  return String(Number(value.toFixed(value < 10 ? 3 : 1)));
}
