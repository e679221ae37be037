import type { LocalizedText, Locale } from '../localized-text.ts';
import type { ErrorCode } from './error-code.ts';

const marker: unique symbol = Symbol.for('cloche.error') as never;

export interface ClocheErrorOptions {
  readonly code: ErrorCode;
  /** What happened, with the file, flag or variable at fault. One sentence, no secret, no program text. */
  readonly message: LocalizedText;
  /** What to do about it, with a command to paste where there is one. Null when there is nothing to advise. */
  readonly hint?: LocalizedText | null;
  /** Whether the same call may succeed later without any change. Default false. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** The JSON form: always English, so that programs can rely on it. */
export interface SerializedClocheError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
  readonly retryable: boolean;
}

/**
 * The one error type that Cloche throws. `message` and `hint` are English;
 * `localizedMessage()` and `localizedHint()` give them in a person's language.
 *
 * Two copies of this package may meet in one process, so use {@link ClocheError.isInstance}
 * and not `instanceof`.
 */
export class ClocheError extends Error {
  override readonly name: string = 'ClocheError';
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly retryable: boolean;
  readonly text: { readonly message: LocalizedText; readonly hint: LocalizedText | null };

  constructor(options: ClocheErrorOptions) {
    super(options.message.en, options.cause === undefined ? undefined : { cause: options.cause });
    Object.defineProperty(this, marker, { value: true });
    this.code = options.code;
    this.hint = options.hint?.en ?? null;
    this.retryable = options.retryable ?? false;
    this.text = { message: options.message, hint: options.hint ?? null };
  }

  static isInstance(value: unknown): value is ClocheError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }

  localizedMessage(locale: Locale): string {
    return this.text.message[locale];
  }

  localizedHint(locale: Locale): string | null {
    return this.text.hint?.[locale] ?? null;
  }

  toJSON(): SerializedClocheError {
    return { code: this.code, message: this.message, hint: this.hint, retryable: this.retryable };
  }
}
