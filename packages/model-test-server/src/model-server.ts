import type { ModelReply } from './model-reply.ts';
import type { RecordedRequest } from './recorded-request.ts';

export interface ModelServerOptions {
  /** Ids that the lists offer. Default: `test-model`. Any model may be called. */
  readonly models?: readonly string[];
  /** Where given, a request with another key, or without one, is refused in the service's own shape. Default: any. */
  readonly apiKey?: string;
}

/** What a provider's base URL is set to. */
export type BaseUrls = Readonly<Record<'compatible' | 'openai' | 'anthropic' | 'google', string>>;

export interface ModelServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  readonly baseUrls: BaseUrls;
  /** Every request so far, lists included, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** The calls of models among them. */
  readonly calls: readonly RecordedRequest[];
  /**
   * Adds to the answers that are given to calls of models, one each, in order. A call that finds none is answered with
   * status 500 and a body that says so; see `repliesLeft`.
   */
  script(replies: readonly ModelReply[]): void;
  /** What answers when the script is over. Default: null, status 500. */
  setFallback(reply: ModelReply | null): void;
  /** Adds to what is answered to requests for lists of models; without any, they are answered with the list. */
  scriptLists(replies: readonly ModelReply[]): void;
  /** How many answers of the script nobody has asked for yet. */
  readonly repliesLeft: number;
  forgetRequests(): void;
}
