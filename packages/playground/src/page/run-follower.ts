import type { Locale } from '@cloche/core/executor';
import type { RunEvent } from '../api/run-event.ts';
import type { RunSummary } from '../api/runs.ts';
import type { LineStore } from './output/line-store.ts';
import { ServerGone } from './server/api-failure.ts';
import type { ApiClient } from './server/api-client.ts';
import type { NumberedEvent } from './server/read-events.ts';
import { untilSeen, whileSeen } from './server/until-seen.ts';
import type { AppAction, AppState } from './state/app-state.ts';
import type { Store } from './state/store.ts';
import { textOf } from './text/messages.ts';
import { wait } from './wait.ts';

const RETRY_MS = 1000;

export interface RunFollowerOptions {
  readonly store: Store<AppState, AppAction>;
  readonly output: LineStore;
  /** Null before the page has a session. */
  readonly client: () => ApiClient | null;
  /** Resolves when a server that is gone is there again. */
  readonly untilBack: () => Promise<void>;
  readonly tell: (error: unknown) => void;
  readonly locale: () => Locale;
}

/** Reads what one run says to its end, whatever comes between; one run at a time. */
export class RunFollower {
  readonly #options: RunFollowerOptions;
  #following: AbortController | null = null;

  constructor(options: RunFollowerOptions) {
    this.#options = options;
  }

  /**
   * From here on this run is shown, from its beginning.
   *
   * @param options.isNew it has just been started here
   * @param options.isFollowed what a model writes goes into the editor
   */
  follow(summary: RunSummary, { isNew = false, isFollowed = false } = {}): void {
    const { store, output } = this.#options;
    this.#following?.abort();
    const controller = new AbortController();
    this.#following = controller;
    output.clear();
    store.dispatch({ type: isNew ? 'run-started' : 'run-opened', summary });
    if (isFollowed) store.dispatch({ type: 'follow-writing' });
    void this.#followToItsEnd(summary.id, controller.signal);
  }

  /** Without effect where none is followed. */
  stop(): void {
    this.#following?.abort();
  }

  async #followToItsEnd(id: string, signal: AbortSignal): Promise<void> {
    const { store, client, untilBack, tell } = this.#options;
    const isOver = (): boolean => store.get().run?.isOver ?? false;
    let hasTied = false;
    let hasEnded = false;
    while (!signal.aborted && !isOver()) {
      const api = client();
      if (!api) return;
      // One that ends its run by going away has to stay; any other reads on when somebody looks.
      const { endsRuns } = store.get().preferences;
      if (!endsRuns) await untilSeen(signal);
      hasTied ||= endsRuns;
      const seen = whileSeen();
      const chosen = this.#whileChosen(endsRuns);
      const after = store.get().run?.lastEvent ?? 0;
      try {
        const retryMs = await api.follow(id, {
          after,
          // What another page said of the run stands, unless somebody changes it here.
          endsWithPage: endsRuns ? true : hasTied ? false : null,
          signal: AbortSignal.any([signal, chosen.signal, ...(endsRuns ? [] : [seen.signal])]),
          onEvents: (events) => this.#take(id, events, signal),
        });
        if (isOver()) return;
        if (store.get().run?.lastEvent === after) {
          if (hasEnded) return this.#loseEnd(id);
          // It may have ended since: then its last events come now, or never.
          hasEnded = (await api.run(id)).state !== 'running';
        }
        if (!hasEnded) await wait(retryMs ?? RETRY_MS);
      } catch (error) {
        if (signal.aborted) return;
        if (seen.signal.aborted || chosen.signal.aborted) continue;
        if (error instanceof ServerGone) await untilBack();
        else {
          // The server was started anew, and does not know it any more; or the page cannot show what it says.
          store.dispatch({ type: 'run-lost', id });
          tell(error);
          return;
        }
      } finally {
        seen.end();
        chosen.end();
      }
    }
  }

  /** It is over, and its last events were not kept: the server had no room for them. */
  #loseEnd(id: string): void {
    const { store, locale } = this.#options;
    store.dispatch({ type: 'run-lost', id });
    const [message, hint] = [textOf(locale(), 'endLost'), textOf(locale(), 'endLostHint')];
    store.dispatch({ type: 'notice', notice: { code: 'ERR_INTERNAL', message, hint, locale: locale() } });
  }

  /** Aborted when somebody chooses the other way whether runs end with their pages. */
  #whileChosen(endsRuns: boolean): { readonly signal: AbortSignal; readonly end: () => void } {
    const { store } = this.#options;
    const controller = new AbortController();
    const end = store.subscribe(() => {
      if (store.get().preferences.endsRuns !== endsRuns) controller.abort();
    });
    return { signal: controller.signal, end };
  }

  /** What is printed goes to the lines at once, everything else through the state. */
  async #take(id: string, events: readonly NumberedEvent[], signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    for (const { event } of events) this.#print(event);
    this.#options.store.dispatch({ type: 'run-events', id, events });
    // The browser draws between two pieces, however quickly they arrive.
    await wait(0);
  }

  #print(event: RunEvent): void {
    const { output } = this.#options;
    if (event.type === 'stdout' || event.type === 'stderr') output.append(event.type, event.text);
    else if (event.type === 'attempt') output.clear();
    else if (event.type === 'execution' || event.type === 'stage') output.endLines();
  }
}
