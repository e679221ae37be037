import type { ExecutorHealth } from '../../api/executor-health.ts';
import {
  artifactRoute,
  cancelRoute,
  eventsRoute,
  type Invitation,
  ROUTES,
  runRoute,
  type SessionOpened,
} from '../../api/http-routes.ts';
import type { ApiError, RunRecord, RunRequest, RunSummary } from '../../api/runs.ts';
import type { Settings, SettingsPatch } from '../../api/settings.ts';
import { ApiFailure, ServerGone } from './api-failure.ts';
import { proveServer } from './prove-server.ts';
import { type NumberedEvent, readEvents } from './read-events.ts';

/** An answer says for so long that the same server listens. */
const PROVEN_MS = 5000;

export interface FollowOptions {
  readonly after: number;
  /** Whether the run ends with the pages that read it; null: as was said before. */
  readonly endsWithPage: boolean | null;
  readonly signal: AbortSignal;
  readonly onEvents: (events: readonly NumberedEvent[]) => Promise<void> | void;
}

/** Everything that the page asks of its server. The token stays in here, in memory. */
export class ApiClient {
  readonly #session: SessionOpened;
  #answeredAt = performance.now();
  locale = 'en';

  constructor(session: SessionOpened) {
    this.#session = session;
  }

  settings(): Promise<Settings> {
    return this.#json('GET', ROUTES.settings);
  }

  changeSettings(patch: SettingsPatch): Promise<Settings> {
    return this.#json('PATCH', ROUTES.settings, patch);
  }

  async executors(options: { readonly isFresh: boolean }): Promise<readonly ExecutorHealth[]> {
    const query = options.isFresh ? '?fresh=1' : '';
    const answer = await this.#json<{ executors: ExecutorHealth[] }>('GET', `${ROUTES.executors}${query}`);
    return answer.executors;
  }

  async models(): Promise<readonly string[]> {
    return (await this.#json<{ models: string[] }>('GET', ROUTES.models)).models;
  }

  async runs(): Promise<readonly RunSummary[]> {
    return (await this.#json<{ runs: RunSummary[] }>('GET', ROUTES.runs)).runs;
  }

  start(request: RunRequest): Promise<RunSummary> {
    return this.#json('POST', ROUTES.runs, request);
  }

  run(id: string): Promise<RunRecord> {
    return this.#json('GET', runRoute(id));
  }

  async forget(id: string): Promise<void> {
    await this.#ask('DELETE', runRoute(id));
  }

  async cancel(id: string): Promise<void> {
    await this.#ask('POST', cancelRoute(id));
  }

  async artifact(id: string, path: string): Promise<ArrayBuffer> {
    const answer = await this.#ask('GET', artifactRoute(id, path));
    return await whole(answer.arrayBuffer());
  }

  invite(): Promise<Invitation> {
    return this.#json('POST', ROUTES.invitations);
  }

  /**
   * Until the run's last event, or until the server ends the stream or goes away.
   *
   * @returns after how many milliseconds to ask for more; null where the server has not said so
   */
  async follow(id: string, options: FollowOptions): Promise<number | null> {
    const query = new URLSearchParams({ after: String(options.after) });
    if (options.endsWithPage !== null) query.set('detached', options.endsWithPage ? '0' : '1');
    const answer = await this.#ask('GET', `${eventsRoute(id)}?${query}`, undefined, options.signal);
    if (!answer.body) return null;
    try {
      const retryMs = await readEvents(answer.body, options.onEvents);
      this.#answeredAt = performance.now();
      return retryMs;
    } catch (error) {
      if (error instanceof ServerGone && !options.signal.aborted) this.#answeredAt = -Infinity;
      throw error;
    }
  }

  async #json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.#ask(method, path, body);
    return JSON.parse(await whole(answer.text())) as Answer;
  }

  async #ask(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    if (performance.now() - this.#answeredAt > PROVEN_MS) await this.#prove();
    try {
      const answer = await ask(this.#session.token, this.locale, method, path, body, signal);
      this.#answeredAt = performance.now();
      return answer;
    } catch (error) {
      if (error instanceof ServerGone) this.#answeredAt = -Infinity;
      throw error;
    }
  }

  /** After a silence, before the token goes to whoever listens there now. */
  async #prove(): Promise<void> {
    let isProven = false;
    try {
      isProven = await proveServer(this.#session.proof);
    } catch (error) {
      throw new ServerGone(error);
    }
    if (!isProven) throw new ServerGone(null);
    this.#answeredAt = performance.now();
  }
}

export function openSession(ticket: string): Promise<SessionOpened> {
  return ask(ticket, 'en', 'POST', ROUTES.sessions)
    .then((answer) => whole(answer.text()))
    .then((text) => JSON.parse(text) as SessionOpened);
}

/** The body of an answer. @throws {@link ServerGone} where it breaks off */
async function whole<Body>(body: Promise<Body>): Promise<Body> {
  try {
    return await body;
  } catch (error) {
    throw new ServerGone(error);
  }
}

async function ask(
  token: string,
  locale: string,
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': locale,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ServerGone(error);
  }
  if (!answer.ok) throw new ApiFailure(answer.status, await errorOf(answer));
  return answer;
}

async function errorOf(answer: Response): Promise<ApiError> {
  try {
    const body = (await answer.json()) as ApiError | { error: ApiError };
    return 'error' in body ? body.error : body;
  } catch {
    return { code: 'ERR_INTERNAL', message: `HTTP ${answer.status}`, hint: null, locale: 'en' };
  }
}
