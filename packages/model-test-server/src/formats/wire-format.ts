import type { IncomingHttpHeaders } from 'node:http';
import type { FailureKind, Failure } from '../faults/failure-kind.ts';
import type { ReplyEnding } from '../model-reply.ts';
import type { RecordedPrompt } from '../recorded-request.ts';

export type FormatName = 'chat completions' | 'responses' | 'messages' | 'generate content';

/** A reply with every default in its place. */
export interface ResolvedReply {
  readonly pieces: readonly string[];
  readonly reasoning: string | null;
  readonly ending: ReplyEnding | null;
  readonly refusal: string | null;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
  readonly model: string | null;
  readonly costUsd: number | null;
}

/** One event of a stream. */
export interface StreamFrame {
  /** Of the event, where the format names its events. */
  readonly event?: string;
  readonly data: unknown;
  /** Whether it carries a piece of the text. */
  readonly isPiece?: boolean;
}

/** One way to call a model over HTTP. */
export interface WireFormat {
  readonly name: FormatName;
  isCalled(path: string): boolean;
  readPrompt(body: unknown, path: string): RecordedPrompt;
  frames(reply: ResolvedReply): readonly StreamFrame[];
  /** What stands behind the last event: OpenAI's `[DONE]`. */
  readonly lastLine: string | null;
  /** The answer to a request that does not stream. */
  whole(reply: ResolvedReply): unknown;
  failure(kind: FailureKind): Failure;
  failureFrame(kind: FailureKind): StreamFrame;
  readKey(headers: IncomingHttpHeaders, path: string): string | null;
}
