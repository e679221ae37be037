import type { LanguageId, Locale } from '@cloche/core/executor';
import type { SessionOpened } from '../api/http-routes.ts';
import type { RunRequest, RunSummary } from '../api/runs.ts';
import type { SettingsPatch } from '../api/settings.ts';
import { describeDefect } from './describe-defect.ts';
import { LineStore } from './output/line-store.ts';
import { RunFollower } from './run-follower.ts';
import { ApiFailure, ServerGone } from './server/api-failure.ts';
import { type ApiClient, ApiClient as Client } from './server/api-client.ts';
import { inviteOtherTabs, joinSession } from './server/join-session.ts';
import { type AppAction, type AppState, INITIAL_STATE } from './state/app-state.ts';
import type { Draft } from './state/draft.ts';
import { draftOf, reduceApp } from './state/reduce-app.ts';
import { draftOfRequest, executeRequest, generateRequest } from './state/request-of.ts';
import { keepState, type KeptRun, keptRun, keptState } from './state/kept-state.ts';
import { SettingsChanges } from './state/settings-changes.ts';
import { createStore, type Store } from './state/store.ts';
import { localeOf } from './text/locale-of.ts';
import { wait } from './wait.ts';

const AWAY_RETRY_MS = 1000;
const HEALTH_EVERY_MS = 10_000;

/** What the page can do. Its state is pure; here are the conversations with the server. */
export class Playground {
  readonly store: Store<AppState, AppAction>;
  readonly output: LineStore = new LineStore();
  readonly #follower: RunFollower;
  #api: ApiClient | null = null;
  #isStarting = false;
  readonly #changes = new SettingsChanges((settings) => this.store.dispatch({ type: 'settings', settings }));
  /** Runs that came or went here; a look that began before one does not know of it. */
  #historyChanges = 0;
  /** Read before the state is kept anew. */
  readonly #keptRun: KeptRun | null = keptRun();
  #leaveInvitations: () => void = () => {};

  constructor() {
    this.store = createStore<AppState, AppAction>({ ...INITIAL_STATE, ...keptState() }, reduceApp);
    this.store.subscribe(() => keepState(this.store.get()));
    this.#follower = new RunFollower({
      store: this.store,
      output: this.output,
      client: () => this.#client(),
      untilBack: () => this.#untilBack(),
      tell: (error) => this.#tell(error),
      locale: () => this.locale,
    });
  }

  get state(): AppState {
    return this.store.get();
  }

  get locale(): Locale {
    return localeOf(this.state);
  }

  /** For what the page begins by itself, and nobody waits for: a failure is told. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#tell(error);
    }
  }

  async join(): Promise<void> {
    const session = await this.#openSession();
    if (session === null) {
      this.store.dispatch({ type: 'connection', connection: 'refused' });
      return;
    }
    const api = new Client(session);
    this.#api = api;
    this.#leaveInvitations();
    this.#leaveInvitations = inviteOtherTabs(() => api.invite());
    this.store.dispatch({ type: 'connection', connection: 'open' });
    await this.#refresh();
    await this.#openKept();
    this.#keepLooking();
  }

  /** Null: the address has been used up. */
  async #openSession(): Promise<SessionOpened | null> {
    for (;;) {
      try {
        return await joinSession();
      } catch (error) {
        if (!(error instanceof ServerGone)) throw error;
        this.store.dispatch({ type: 'connection', connection: 'away' });
        await wait(AWAY_RETRY_MS);
      }
    }
  }

  /** After a reload the tab's own run; the newest one in a tab that had none. */
  async #openKept(): Promise<void> {
    const kept = this.#keptRun;
    const own = this.state.history.find(({ id }) => id === kept?.id);
    const summary = own ?? this.state.history[0];
    if (!summary) return;
    await this.#show(summary, {
      loadsProgram: false,
      isFollowed: own !== undefined && kept?.isFollowed === true,
    });
  }

  /** Resolves with whether the server took it. */
  async changeSettings(patch: SettingsPatch): Promise<boolean> {
    const number = this.#changes.begin(patch, this.state.settings);
    const hasWorked = await this.#try(async (api) => {
      this.#changes.take(number, await api.changeSettings(patch));
    });
    if (!hasWorked) {
      this.#changes.drop(number);
      await this.#look();
    } else if (patch.daytona) void this.refreshExecutors({ isFresh: true });
    return hasWorked;
  }

  async refreshExecutors(options: { readonly isFresh: boolean }): Promise<void> {
    await this.#try(async (api) => {
      this.store.dispatch({ type: 'executors', executors: await api.executors(options) });
    });
  }

  async models(): Promise<readonly string[]> {
    let models: readonly string[] = [];
    await this.#try(async (api) => {
      models = await api.models();
    });
    return models;
  }

  /** The example's program in the editor, unless somebody wrote something there. */
  chooseLanguage(language: LanguageId, starter: Draft): void {
    if (this.state.drafts[language]) this.store.dispatch({ type: 'language', language });
    else this.store.dispatch({ type: 'load-draft', language, draft: starter });
  }

  async run(): Promise<void> {
    if (draftOf(this.state).files[0]?.text.trim() === '') return;
    await this.#start(executeRequest(this.state));
  }

  async generate(): Promise<void> {
    if (this.state.requirement.trim() === '') return;
    await this.#start(generateRequest(this.state));
  }

  async stop(): Promise<void> {
    const { run } = this.state;
    if (!run || run.isOver) return;
    this.store.dispatch({ type: 'cancelling' });
    await this.#try((api) => api.cancel(run.summary.id));
  }

  /** A run of the history: its output again, and its program in the editor. */
  async open(summary: RunSummary): Promise<void> {
    await this.#show(summary, { loadsProgram: true, isFollowed: true });
  }

  async #show(
    summary: RunSummary,
    { loadsProgram, isFollowed }: { readonly loadsProgram: boolean; readonly isFollowed: boolean },
  ): Promise<void> {
    this.#follower.follow(summary, { isFollowed });
    await this.#try(async (api) => {
      const record = await api.run(summary.id);
      this.store.dispatch({ type: 'run-record', record });
      if (!loadsProgram) return;
      if (record.request.kind === 'generate') {
        this.store.dispatch({ type: 'requirement', text: record.request.requirement });
        return;
      }
      const draft = draftOfRequest(record.request);
      const { language } = record.request;
      if (draft) this.store.dispatch({ type: 'load-draft', language, draft });
    });
  }

  async rerun(summary: RunSummary): Promise<void> {
    await this.#try(async (api) => {
      await this.#start((await api.run(summary.id)).request);
    });
  }

  async forget(summary: RunSummary): Promise<void> {
    await this.#try(async (api) => {
      await api.forget(summary.id);
      this.#historyChanges += 1;
      if (this.state.run?.summary.id === summary.id) this.#follower.stop();
      this.store.dispatch({ type: 'forgotten', id: summary.id });
    });
  }

  async artifact(id: string, path: string): Promise<ArrayBuffer | null> {
    let bytes: ArrayBuffer | null = null;
    await this.#try(async (api) => {
      bytes = await api.artifact(id, path);
    });
    return bytes;
  }

  /** One at a time: whoever presses twice means it once. */
  get #isBusy(): boolean {
    return this.#isStarting || (this.state.run !== null && !this.state.run.isOver);
  }

  async #start(request: RunRequest): Promise<void> {
    if (this.#isBusy) return;
    this.#isStarting = true;
    await this.#try(async (api) => {
      const summary = await api.start(request);
      this.#historyChanges += 1;
      this.#follower.follow(summary, { isNew: true });
      this.#isStarting = false;
      this.store.dispatch({ type: 'run-record', record: await api.run(summary.id) });
    });
    this.#isStarting = false;
  }

  async #refresh(): Promise<void> {
    await this.#look();
    // Looking at every executor may take a second, and nothing waits for it.
    void this.refreshExecutors({ isFresh: false });
  }

  async #look(): Promise<void> {
    const takeSettings = this.#changes.look();
    const known = this.#historyChanges;
    await this.#try(async (api) => {
      const [settings, runs] = await Promise.all([api.settings(), api.runs()]);
      takeSettings(settings);
      if (known === this.#historyChanges) this.store.dispatch({ type: 'history', runs });
    });
  }

  #keepLooking(): void {
    setInterval(() => {
      if (document.visibilityState === 'visible' && this.state.connection === 'open') {
        void this.refreshExecutors({ isFresh: false });
        // Other tabs start runs and change settings too.
        void this.#look();
      }
    }, HEALTH_EVERY_MS);
  }

  async #untilBack(): Promise<void> {
    const api = this.#api;
    if (!api) return;
    this.store.dispatch({ type: 'connection', connection: 'away' });
    for (;;) {
      try {
        await api.settings();
        break;
      } catch (error) {
        if (!(error instanceof ServerGone)) break;
        await wait(AWAY_RETRY_MS);
      }
    }
    this.store.dispatch({ type: 'connection', connection: 'open' });
    await this.#refresh();
  }

  /** Asks in the language that the page shows. */
  #client(): ApiClient | null {
    if (this.#api) this.#api.locale = this.locale;
    return this.#api;
  }

  async #try(work: (api: ApiClient) => Promise<void>): Promise<boolean> {
    const api = this.#client();
    if (!api) return false;
    try {
      await work(api);
      return true;
    } catch (error) {
      this.#tell(error);
      if (error instanceof ServerGone && this.state.connection === 'open') void this.#untilBack();
      return false;
    }
  }

  #tell(error: unknown): void {
    if (error instanceof ApiFailure) {
      if (error.status === 401) this.store.dispatch({ type: 'connection', connection: 'refused' });
      else this.store.dispatch({ type: 'notice', notice: error.error });
    } else if (!(error instanceof ServerGone)) {
      this.store.dispatch({ type: 'notice', notice: describeDefect(error, this.locale) });
    }
  }
}
