import type { FailureKind } from './service-failure.ts';
import { NOT_AN_API, ServiceFailure } from './service-failure.ts';

/** Raised before anything was sent, so that nobody can have acted upon it. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);
const MESSAGE_LIMIT = 300;
const SHORTEST_KEY = 8;

/** The parts of an error of the SDK, of its HTTP client, or of neither. */
interface ErrorParts {
  readonly name: string;
  readonly message: string;
  readonly statusCode: number | null;
  readonly errorCode: string | null;
  readonly headers: unknown;
}

/** Whatever the SDK or its HTTP client has thrown, as a failure without secrets. The one place that looks into it. */
export function mapDaytonaError(error: unknown, secret: string | null): ServiceFailure {
  if (error instanceof ServiceFailure) return error;
  const parts = partsOf(error);
  const kind = kindOf(parts);
  return new ServiceFailure(describe(parts, kind, secret), {
    kind,
    statusCode: parts.statusCode,
    retryAfterMs: retryAfterMs(parts.headers),
    hadNoEffect: hadNoEffect(parts, kind),
  });
}

/** `text` without the key, whoever has put it there. */
function withoutSecret(text: string, secret: string | null): string {
  return secret === null || secret.length < SHORTEST_KEY ? text : text.replaceAll(secret, '…');
}

function partsOf(error: unknown): ErrorParts {
  const given = (typeof error === 'object' && error !== null ? error : {}) as Readonly<
    Record<string, unknown>
  >;
  const response = (given['response'] ?? {}) as Readonly<Record<string, unknown>>;
  const data = response['data'];
  const inner =
    typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>)['message'] : data;
  const statusCode = given['statusCode'] ?? response['status'];
  const message = typeof inner === 'string' ? inner : given['message'];
  return {
    name: typeof given['name'] === 'string' ? given['name'] : '',
    message: typeof message === 'string' ? message : String(error),
    statusCode: typeof statusCode === 'number' ? statusCode : null,
    errorCode: typeof given['code'] === 'string' ? given['code'] : null,
    headers: given['headers'] ?? response['headers'],
  };
}

function kindOf({ name, message, statusCode, errorCode }: ErrorParts): FailureKind {
  if (statusCode !== null && isPage(message)) return statusCode >= 502 ? 'server' : 'address';
  switch (statusCode) {
    case null:
      break;
    case 401:
      return 'key';
    case 402:
      return 'balance';
    case 403:
      return /suspend|credit|balance|payment|depleted/iu.test(message) ? 'balance' : 'permission';
    case 404:
      return 'missing';
    case 408:
    case 504:
      return 'silence';
    case 409:
      return 'conflict';
    case 429:
      return 'rate';
    default:
      // The answer was good, and cut off.
      if (statusCode < 400) return 'network';
      if (statusCode >= 500) return 'server';
      return /limit exceeded|quota|limit reached|exceeds? .*limit/iu.test(message) ? 'quota' : 'request';
  }
  if (
    name === 'DaytonaConnectionTimeoutError' ||
    name === 'DaytonaTimeoutError' ||
    errorCode === 'ECONNABORTED'
  )
    return 'silence';
  if (name === 'DaytonaConnectionError' || errorCode !== null) return 'network';
  // What is left are the SDK's own stumbles over an answer that it does not understand.
  return name === 'RequiredError' || name === 'TypeError' || name === 'SyntaxError' ? 'address' : 'server';
}

function hadNoEffect({ errorCode, message, statusCode }: ErrorParts, kind: FailureKind): boolean {
  if (statusCode !== null)
    return kind === 'key' || kind === 'permission' || kind === 'balance' || kind === 'rate';
  const code = errorCode ?? /\b(?<code>E[A-Z_]{4,})\b/u.exec(message)?.groups?.['code'];
  return code !== undefined && NEVER_SENT.has(code);
}

function describe({ message, statusCode }: ErrorParts, kind: FailureKind, secret: string | null): string {
  const text = isPage(message)
    ? 'a web page came instead of an answer'
    : kind === 'address'
      ? NOT_AN_API
      : withoutSecret(message, secret).replaceAll(/\s+/gu, ' ').trim();
  const short = text.length > MESSAGE_LIMIT ? `${text.slice(0, MESSAGE_LIMIT)}…` : text;
  return statusCode === null ? short : `${short} (HTTP ${statusCode})`;
}

function isPage(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|body)/iu.test(text);
}

/** `Retry-After`, or the same with the name of the limit behind it (`Retry-After-sandbox-create`): seconds, or a date. */
function retryAfterMs(headers: unknown): number | null {
  if (typeof headers !== 'object' || headers === null) return null;
  const entries: [string, unknown][] = Object.entries(headers);
  const found = entries
    .filter(([name]) => /^retry-after(?:-|$)/iu.test(name))
    .map(([, value]) => waitOf(String(value)))
    .filter((wait) => wait !== null);
  return found.length === 0 ? null : Math.max(...found);
}

function waitOf(value: string): number | null {
  if (/^\d+(?:\.\d+)?$/u.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
