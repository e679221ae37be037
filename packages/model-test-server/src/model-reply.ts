import type { FailureKind } from './faults/failure-kind.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** How the service says that an answer ended; `unknown`: with a reason that nobody knows. */
export type ReplyEnding = 'stop' | 'length' | 'refused' | 'unknown';

/** What goes wrong with an answer that has begun. */
export type StreamFault =
  /** The connection is closed inside an HTTP chunk, and inside an event. */
  | 'cut'
  /** The same, inside a character of several bytes. */
  | 'cut character'
  /** The connection is closed between two events, with the HTTP body unfinished. */
  | 'closed'
  /** The HTTP body ends well, but the events that end the answer are missing. */
  | 'unfinished'
  /** The connection is reset. */
  | 'reset'
  /** Nothing more; the connection stays open until the client closes it, or the server ends. */
  | 'silence'
  /** An event that is not JSON; the answer goes on behind it. */
  | 'malformed event'
  /** An event that is JSON of another shape; the answer goes on behind it. */
  | 'wrong shape'
  /** The service's own event for a failure, and the end. */
  | { readonly failure: FailureKind };

/** An answer of the model. */
export interface WrittenReply {
  /** In pieces: one event each. A string is cut into pieces of `pieceLength`. */
  readonly text: string | readonly string[];
  /** Characters of a piece; default 24. */
  readonly pieceLength?: number;
  /** Thought before the text, in the way of the service. Default: none. */
  readonly reasoning?: string;
  /** Default `stop`. Null: no reason is given. */
  readonly ending?: ReplyEnding | null;
  /** Said in the service's field for refusals, behind the text. Default: none. */
  readonly refusal?: string;
  /** Default: 10 and 20. Null: not said. */
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number } | null;
  /** What answers. Default: the model that was asked for. Null: not said, where the format allows that. */
  readonly model?: string | null;
  /** US dollars, as OpenRouter says it. Default: not said. */
  readonly costUsd?: number;
  /** Before the status and the headers. Default 0. */
  readonly delayMs?: number;
  /** Before each piece. Default 0. */
  readonly pieceDelayMs?: number;
  /** Send so many bytes at a time, without regard to events and characters. Default: each event at once. */
  readonly dripBytes?: number;
  /** Between two drips. Default 0: when the bytes before are out. */
  readonly dripDelayMs?: number;
  readonly fault?: StreamFault;
  /** Pieces before the fault; default 1. */
  readonly piecesBeforeFault?: number;
}

/** An answer of the service. */
export interface FailureReply {
  /** In the service's own shape and status. */
  readonly failure: FailureKind;
  /** The header `retry-after`, in seconds. */
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
}

/** Any answer at all. */
export interface RawReply {
  readonly status: number;
  /** A string or bytes as they are; anything else as JSON. Default: nothing. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
}

export type ConnectionFault =
  /** 200, a page to log in. */
  | 'html'
  /** Reset before any answer. */
  | 'reset'
  /** Never anything. */
  | 'silence'
  /** The status and the headers of a stream, and never anything more. */
  | 'silence after headers'
  /** The headers of a stream, and its end. */
  | 'nothing';

/** No answer of the service. */
export interface NoReply {
  readonly instead: ConnectionFault;
  readonly delayMs?: number;
}

/** A string is a text that the model writes. */
export type FixedReply = string | WrittenReply | FailureReply | RawReply | NoReply;

export type ModelReply = FixedReply | ((request: RecordedRequest) => FixedReply | Promise<FixedReply>);
