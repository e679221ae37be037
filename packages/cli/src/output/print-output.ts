import { standardOutput } from './standard-streams.ts';

const MAXIMUM_WIDTH = 80;
const MINIMUM_WIDTH = 40;

/** Prints what a person asked for. */
export function print(text: string): void {
  standardOutput().write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Columns to fill: those of the terminal, 80 at most and where there is none. */
export function outputWidth(): number {
  return Math.min(MAXIMUM_WIDTH, Math.max(MINIMUM_WIDTH, standardOutput().columns ?? MAXIMUM_WIDTH));
}
