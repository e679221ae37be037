import { ClocheError } from '@cloche/core/executor';
import { RequestRefused } from '../exchange/request-refused.ts';
import { LOOPBACK_NAMES } from './loopback-names.ts';

const CORS_HEADERS =
  'Authorization, Content-Type, Accept, Last-Event-ID, Mcp-Session-Id, Mcp-Protocol-Version, Mcp-Method, Mcp-Name';
const EXPOSED_HEADERS = 'Mcp-Session-Id, WWW-Authenticate, Retry-After';

/** Which web pages may call, and which of them may read the answers. */
export class OriginPolicy {
  readonly #allowed: ReadonlySet<string>;

  /** @throws ClocheError ERR_CONFIG_INVALID where one of them is not an origin */
  constructor(allowedOrigins: readonly string[]) {
    this.#allowed = new Set(allowedOrigins.map(checkedOrigin));
  }

  /**
   * Programs send no origin and pass; so do pages of this machine, which get no leave to read the answer.
   *
   * @returns the headers that let the page read the answer
   * @throws RequestRefused 403
   */
  check(origin: string | undefined): Readonly<Record<string, string>> {
    // Caches must not give one page the answer that another one was allowed to read.
    const vary = this.#allowed.size > 0 ? { Vary: 'Origin' } : {};
    if (origin === undefined) return vary;
    if (this.#allowed.has(origin)) {
      return {
        ...vary,
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': EXPOSED_HEADERS,
      };
    }
    if (isLoopback(origin)) return vary;
    throw refusedOrigin();
  }

  /**
   * @returns the headers of the answer to a browser that asks before it calls
   * @throws RequestRefused 403
   */
  preflight(origin: string | undefined): Readonly<Record<string, string>> {
    if (origin === undefined || !this.#allowed.has(origin)) throw refusedOrigin();
    return {
      Vary: 'Origin',
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Methods': 'GET, POST, DELETE',
      'Access-Control-Allow-Headers': CORS_HEADERS,
      'Access-Control-Max-Age': '600',
    };
  }
}

function refusedOrigin(): RequestRefused {
  return new RequestRefused({
    status: 403,
    message: 'Web pages of this origin may not call this server. Whoever runs it can allow the origin.',
  });
}

function isLoopback(origin: string): boolean {
  const url = URL.parse(origin);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  return url.origin === origin && LOOPBACK_NAMES.includes(url.hostname);
}

function checkedOrigin(text: string): string {
  const url = URL.parse(text);
  if (url !== null && url.origin === text) return text;
  throw new ClocheError({
    code: 'ERR_CONFIG_INVALID',
    message: {
      en: `The allowed origin ${JSON.stringify(text)} is not an origin.`,
      zh: `允许的来源 ${JSON.stringify(text)} 不是有效的来源（origin）。`,
    },
    hint: {
      en: 'Give scheme, name and port alone, such as https://app.example.com.',
      zh: '只给出协议、主机名和端口，例如 https://app.example.com。',
    },
  });
}
