import type { LogFields, Logger } from '../executor/executor-host.ts';

/** Least talkative last. `silent` writes nothing. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  /** What is written: this level and the ones after it. Default `warn`. */
  readonly level?: LogLevel;
  /** `text`: a line for a person. `json`: one object a line. Default `text`. */
  readonly format?: 'text' | 'json';
  /** Default: standard error. Standard output belongs to the program that runs. */
  readonly stream?: { write(text: string): unknown };
}

/** A logger for diagnostics. It never sees programs, output or secrets: its callers give it names, counts and codes. */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { level = 'warn', format = 'text', stream = process.stderr } = options;
  const threshold = LOG_LEVELS.indexOf(level);
  const at =
    (name: Exclude<LogLevel, 'silent'>): Logger['debug'] =>
    (message, fields = {}) => {
      if (LOG_LEVELS.indexOf(name) < threshold) return;
      stream.write(
        `${format === 'json' ? jsonLine(name, message, fields) : textLine(name, message, fields)}\n`,
      );
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * Reads `CLOCHE_LOG`: a level, `json`, or both, with a comma between: `debug`, `info,json`.
 * Null where it is neither; the composition root says so.
 */
export function parseLogSetting(
  setting: string,
): { readonly level: LogLevel; readonly format: 'text' | 'json' } | null {
  let level: LogLevel | null = null;
  let format: 'text' | 'json' | null = null;
  for (const word of setting.toLowerCase().split(',')) {
    const name = word.trim();
    const known = LOG_LEVELS.find((candidate) => candidate === name);
    if (known !== undefined && level === null) level = known;
    else if ((name === 'json' || name === 'text') && format === null) format = name;
    else return null;
  }
  return { level: level ?? 'info', format: format ?? 'text' };
}

function jsonLine(level: string, message: string, fields: LogFields): string {
  return JSON.stringify({ time: new Date().toISOString(), level, message, ...fields });
}

function textLine(level: string, message: string, fields: LogFields): string {
  const words = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  // A name that somebody else chose must not steer the terminal or begin a line of its own.
  return ['cloche', `${level}:`, message, ...words]
    .join(' ')
    .replaceAll(/[\u0000-\u001F\u007F-\u009F]/gu, ' ');
}
