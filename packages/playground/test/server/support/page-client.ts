import { eventsRoute, ROUTES } from '../../../src/index.ts';
import type {
  ExecuteRequest,
  PlaygroundServing,
  RunEvent,
  RunRequest,
  RunSummary,
  SessionOpened,
  Settings,
  SettingsPatch,
} from '../../../src/index.ts';

export interface NumberedEvent {
  readonly id: number;
  readonly event: RunEvent;
}

export interface FollowOptions {
  readonly after?: number;
  readonly query?: string;
  readonly signal?: AbortSignal;
}

/** What a page does, without a page: it opens an address and holds a token. */
export class PageClient {
  readonly origin: string;
  readonly session: SessionOpened;

  private constructor(origin: string, session: SessionOpened) {
    this.origin = origin;
    this.session = session;
  }

  static async open(address: string): Promise<PageClient> {
    const { origin, hash } = new URL(address);
    const response = await fetch(`${origin}${ROUTES.sessions}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${hash.slice(1)}` },
    });
    if (response.status !== 201) throw new Error(`The session was refused: ${response.status}`);
    return new PageClient(origin, (await response.json()) as SessionOpened);
  }

  static of(serving: PlaygroundServing): Promise<PageClient> {
    return PageClient.open(serving.address());
  }

  fetch(
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.session.token}`, ...init.headers };
    return fetch(`${this.origin}${path}`, { ...init, headers });
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    return this.fetch(path, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
    });
  }

  /** @throws where the answer is a refusal */
  async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  settings(): Promise<Settings> {
    return this.ask('GET', ROUTES.settings);
  }

  patch(patch: SettingsPatch): Promise<Settings> {
    return this.ask('PATCH', ROUTES.settings, patch);
  }

  start(request: RunRequest): Promise<RunSummary> {
    return this.ask('POST', ROUTES.runs, request);
  }

  python(code: string, more: Partial<ExecuteRequest> = {}): Promise<RunSummary> {
    return this.start({ kind: 'execute', language: 'python', code, ...more });
  }

  async run(id: string): Promise<RunSummary | undefined> {
    const { runs } = await this.ask<{ runs: readonly RunSummary[] }>('GET', ROUTES.runs);
    return runs.find((run) => run.id === id);
  }

  /** One stream, until it ends: perhaps before the run does. */
  async *stream(
    id: string,
    { after = 0, query = '', signal }: FollowOptions = {},
  ): AsyncGenerator<NumberedEvent> {
    const response = await this.fetch(`${eventsRoute(id)}?after=${after}${query}`, {
      ...(signal !== undefined && { signal }),
    });
    if (!response.ok || response.body === null)
      throw new Error(`${response.status} ${await response.text()}`);
    const decoder = new TextDecoder();
    let rest = '';
    for await (const bytes of response.body) {
      rest += decoder.decode(bytes as Uint8Array, { stream: true });
      const frames = rest.split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const match = /^id: (?<id>\d+)\ndata: (?<data>.*)$/u.exec(frame);
        const { id: number = '', data = '' } = match?.groups ?? {};
        if (match !== null) yield { id: Number(number), event: JSON.parse(data) as RunEvent };
      }
    }
  }

  /** All events until the run's last, as a page follows it: it comes back where its stream had to make room. */
  async *follow(id: string, options: FollowOptions = {}): AsyncGenerator<NumberedEvent> {
    let after = options.after ?? 0;
    for (;;) {
      for await (const numbered of this.stream(id, { ...options, after })) {
        after = numbered.id;
        yield numbered;
        if (isLast(numbered.event)) return;
      }
      const run = await this.run(id);
      if (run === undefined) throw new Error('The run was forgotten.');
    }
  }

  async events(id: string, options: FollowOptions = {}): Promise<readonly RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const { event } of this.follow(id, options)) events.push(event);
    return events;
  }
}

function isLast({ type }: RunEvent): boolean {
  return type === 'failed' || type === 'generation' || type === 'execution';
}

export function textOf(events: readonly RunEvent[], stream: 'stdout' | 'stderr' = 'stdout'): string {
  return events.map((event) => (event.type === stream ? event.text : '')).join('');
}
