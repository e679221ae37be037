import type { WireFormat } from '../formats/wire-format.ts';
import type { ConnectionFault, FailureReply, FixedReply, RawReply, WrittenReply } from '../model-reply.ts';
import { resolveReply } from '../resolve-reply.ts';
import type { Exchange } from './exchange.ts';
import { sendStream } from './send-stream.ts';

export interface ReplyTarget {
  readonly exchange: Exchange;
  /** Whose shape failures have. */
  readonly format: WireFormat;
  readonly model: string;
  readonly streams: boolean;
  readonly onPiece: () => void;
}

const LOGIN_PAGE =
  '<!doctype html>\n<html><head><title>Log in</title></head><body>Log in to go on.</body></html>\n';

export async function sendReply(reply: FixedReply, target: ReplyTarget): Promise<void> {
  if (typeof reply === 'string') return sendWritten({ text: reply }, target);
  await target.exchange.wait(reply.delayMs ?? 0);
  if ('text' in reply) return sendWritten(reply, target);
  if ('instead' in reply) return sendInstead(reply.instead, target);
  if ('failure' in reply) return sendFailure(reply, target);
  return sendRaw(reply, target);
}

async function sendInstead(fault: ConnectionFault, { exchange }: ReplyTarget): Promise<void> {
  switch (fault) {
    case 'html':
      return exchange.sendWhole(200, 'text/html; charset=utf-8', LOGIN_PAGE);
    case 'reset':
      return exchange.reset();
    case 'silence':
      return exchange.waitForClose();
    case 'silence after headers':
      exchange.openStream();
      return exchange.waitForClose();
    case 'nothing':
      exchange.openStream();
      exchange.response.end();
  }
}

async function sendWritten(reply: WrittenReply, target: ReplyTarget): Promise<void> {
  const { exchange, format, model, onPiece } = target;
  const resolved = resolveReply(reply, model);
  if (target.streams) return sendStream({ exchange, format, reply, resolved, onPiece });
  exchange.sendJson(200, format.whole(resolved));
}

function sendFailure({ failure, retryAfterSeconds }: FailureReply, { exchange, format }: ReplyTarget): void {
  const { status, body } = format.failure(failure);
  exchange.sendJson(
    status,
    body,
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  );
}

function sendRaw({ status, body, headers = {} }: RawReply, { exchange }: ReplyTarget): void {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    exchange.sendWhole(status, 'text/plain; charset=utf-8', body ?? '', headers);
  } else {
    exchange.sendJson(status, body, headers);
  }
}
