import { fields, items, words } from '../untyped.ts';

/** What a service's own description of a failure says. */
export interface ServiceWords {
  readonly said: string | null;
  readonly codes: readonly string[];
  readonly status: number | null;
  readonly retryAfterMs: number | null;
}

/**
 * Reads the bodies and events with which services describe failures: OpenAI's `{ error: { message, type, code } }` and
 * the same without the frame, Anthropic's `{ type: 'error', error: { type, message } }`, Google's
 * `{ error: { code, status, message, details } }`, `{ detail }` and `{ detail: [{ msg }] }` of FastAPI (vLLM, Mistral), `{ error: 'words' }` of Ollama.
 */
export function readServiceWords(value: unknown): ServiceWords {
  const outer = Array.isArray(value) ? fields(value[0]) : fields(value);
  const failed = fields(fields(outer['response'])['error']);
  const inner = 'error' in outer ? outer['error'] : 'message' in failed ? failed : outer;
  const { message, code, type, status, details, detail, metadata } = fields(inner);
  const reasons = items(details).map((entry) => fields(entry)['reason']);
  const said =
    words(message) ??
    words(inner) ??
    words(detail) ??
    words(outer['message']) ??
    words(outer['detail']) ??
    words(fields(items(outer['detail'])[0])['msg']);
  const upstream = words(fields(metadata)['raw']);
  return {
    // OpenRouter says "Provider returned error", and the reason beside it.
    said: said !== null && upstream !== null ? `${said}: ${upstream}` : said,
    codes: [code, type, status, fields(details)['error_code'], ...reasons]
      .flatMap((word) => words(word) ?? [])
      .map((word) => word.toLowerCase()),
    status: statusOf(code) ?? statusOf(status),
    retryAfterMs: readRetryInfo(items(details)),
  };
}

function statusOf(value: unknown): number | null {
  const status = typeof value === 'string' && /^\d{3}$/u.test(value) ? Number(value) : value;
  return typeof status === 'number' && status >= 400 && status <= 599 ? status : null;
}

/** Google's: `{ retryDelay: '34s' }`. */
function readRetryInfo(details: readonly unknown[]): number | null {
  for (const entry of details) {
    const [, seconds] = /^(\d+(?:\.\d+)?)s$/u.exec(words(fields(entry)['retryDelay']) ?? '') ?? [];
    if (seconds !== undefined) return Number(seconds) * 1000;
  }
  return null;
}
