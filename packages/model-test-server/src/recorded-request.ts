import type { IncomingHttpHeaders } from 'node:http';
import type { FormatName } from './formats/wire-format.ts';

/** What was asked, in one shape for all formats. */
export interface RecordedPrompt {
  readonly model: string;
  /** Null: none. */
  readonly system: string | null;
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  readonly maximumOutputTokens: number | null;
  readonly streams: boolean;
}

export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly text: string;
  /** Parsed; null where it is not JSON. */
  readonly body: unknown;
  /** Null for anything but a call of a model: lists, wrong addresses. */
  readonly format: FormatName | null;
  /** Null where there is none, or where it cannot be read. */
  readonly prompt: RecordedPrompt | null;
  /** Of `performance.now()`, when all of it had arrived. */
  readonly receivedAtMs: number;
  /** Of `performance.now()`, for each piece of the answer's text. */
  readonly sentAtMs: readonly number[];
  /** True once the client has closed the connection before the answer's end. */
  readonly isAborted: boolean;
}
