import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerJson, answerText } from '../http/answer.ts';
import type { Answer } from '../http/answer.ts';
import { LOGIN_PAGE } from '../http/pages.ts';
import { sendAnswer } from '../http/send-answer.ts';
import type { FaultAnswer } from './fault.ts';

const ENDLESS_CHUNK_INTERVAL_MS = 50;
/** What an answer is cut from where the operation was not carried out. */
const CUT_BODY = Buffer.from(JSON.stringify({ id: 'cut', message: 'half of this is never sent' }));

export interface SpoiltExchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** The answer of the operation; null where it was not carried out. */
  readonly answer: Answer | null;
  /** The service's own error for a status. */
  readonly errorFor: (status: number) => Answer;
}

/** Answers in the way that a fault wants. */
export async function spoilAnswer(fault: FaultAnswer, exchange: SpoiltExchange): Promise<void> {
  const { message, response, answer } = exchange;
  // A client that is still sending would not read the answer.
  message.resume();
  if (fault === 'closed') response.destroy();
  else if (fault === 'cut') await cut(response, answer);
  else if (fault === 'endless body') await sendForEver(response);
  else if (fault !== 'silence') await sendWhole(fault, exchange);
}

async function sendWhole(
  fault: Exclude<FaultAnswer, 'closed' | 'cut' | 'endless body' | 'silence'>,
  { response, answer, errorFor }: SpoiltExchange,
): Promise<void> {
  if (typeof fault === 'string') return sendAnswer(response, PLAIN_ANSWERS[fault]);
  if ('delayMs' in fault) {
    if (!(await isStillThereAfter(fault.delayMs, response))) return;
    return sendAnswer(response, answer ?? errorFor(500));
  }
  const whole = fault.body === undefined ? errorFor(fault.status) : answerJson(fault.body, fault.status);
  return sendAnswer(response, { ...whole, ...(fault.headers && { headers: fault.headers }) });
}

async function isStillThereAfter(durationMs: number, response: ServerResponse): Promise<boolean> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await sleep(durationMs, undefined, { signal: gone.signal }).catch(() => undefined);
  return !gone.signal.aborted;
}

const PLAIN_ANSWERS: Readonly<Record<'html' | 'garbage' | 'wrong shape' | 'null', Answer>> = {
  html: answerText(LOGIN_PAGE, 'text/html; charset=utf-8'),
  garbage: answerText('{"id": "\u0000\u0007 <not JSON', 'application/json; charset=utf-8'),
  'wrong shape': answerJson({ ok: true }),
  null: answerJson(null),
};

async function cut(response: ServerResponse, answer: Answer | null): Promise<void> {
  const whole = answer ? await bytesOf(answer) : CUT_BODY;
  const bytes = whole.byteLength < 2 ? CUT_BODY : whole;
  const contentType =
    answer?.body.kind === 'stream' ? answer.body.contentType : 'application/json; charset=utf-8';
  response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': bytes.byteLength });
  const half = bytes.subarray(0, Math.ceil(bytes.byteLength / 2));
  await new Promise<void>((resolve) => response.write(half, () => resolve()));
  response.destroy();
}

async function bytesOf({ body }: Answer): Promise<Buffer> {
  switch (body.kind) {
    case 'json':
      return Buffer.from(JSON.stringify(body.value));
    case 'text':
      return Buffer.from(body.text);
    case 'stream':
      return buffer(body.stream);
    case 'empty':
      return Buffer.alloc(0);
  }
}

async function sendForEver(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
  while (!response.destroyed) {
    response.write(' ');
    await sleep(ENDLESS_CHUNK_INTERVAL_MS, undefined, { ref: false });
  }
}
