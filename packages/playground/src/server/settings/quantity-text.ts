const SECOND_MS = 1000;
const MEBIBYTE = 1024 * 1024;

/** As a person writes it into a file: `90s`. */
export function durationText(durationMs: number): string {
  return durationMs % SECOND_MS === 0 ? `${durationMs / SECOND_MS}s` : `${durationMs}ms`;
}

/** `512MiB`. */
export function sizeText(bytes: number): string {
  return bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE}MiB` : `${bytes}B`;
}
