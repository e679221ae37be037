import type { Readable } from 'node:stream';

export type AnswerBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string; readonly contentType: string }
  | { readonly kind: 'stream'; readonly stream: Readable; readonly contentType: string }
  | { readonly kind: 'empty' };

/** What an operation answers, before anything is sent: a fault can still spoil it. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: AnswerBody;
}

export function answerJson(value: unknown, status = 200): Answer {
  return { status, body: { kind: 'json', value } };
}

export function answerNothing(status: number): Answer {
  return { status, body: { kind: 'empty' } };
}

export function answerText(text: string, contentType: string, status = 200): Answer {
  return { status, body: { kind: 'text', text, contentType } };
}
