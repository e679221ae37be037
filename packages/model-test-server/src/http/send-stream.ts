import type { StreamFrame, WireFormat } from '../formats/wire-format.ts';
import type { StreamFault, WrittenReply } from '../model-reply.ts';
import type { ResolvedReply } from '../formats/wire-format.ts';
import type { Exchange } from './exchange.ts';

export interface SentStream {
  readonly exchange: Exchange;
  readonly format: WireFormat;
  readonly reply: WrittenReply;
  readonly resolved: ResolvedReply;
  /** Called when a piece of the text has been sent. */
  readonly onPiece: () => void;
}

const MALFORMED_EVENT = 'data: {"id": "half of an ev\n\n';
const WRONG_SHAPE: StreamFrame = { data: { choices: 7, type: 'nobody_knows_this', candidates: 7 } };
/** Of four bytes, of which two are sent. */
const WIDE_CHARACTER = Buffer.from('🧊');

/** Sends a reply as a stream of events, with what goes wrong with it. */
export async function sendStream(stream: SentStream): Promise<void> {
  const { exchange, format, reply, resolved } = stream;
  const frames = format.frames(resolved);
  const struck = reply.fault === undefined ? null : findStruck(frames, reply.piecesBeforeFault ?? 1);
  exchange.openStream();
  for (const frame of frames) {
    if (!exchange.isOpen) return;
    if (reply.fault !== undefined && frame === struck && (await strike(reply.fault, stream, frame))) return;
    if (frame.isPiece === true) await exchange.wait(reply.pieceDelayMs ?? 0);
    await send(stream, frame);
    if (frame.isPiece === true) stream.onPiece();
  }
  if (format.lastLine !== null) await drip(stream, Buffer.from(`data: ${format.lastLine}\n\n`));
  if (exchange.isOpen) exchange.response.end();
}

/** The event before which the fault strikes: a piece, or what follows the last one where there are not so many. */
function findStruck(frames: readonly StreamFrame[], piecesBefore: number): StreamFrame | null {
  const pieces = frames.filter(({ isPiece }) => isPiece === true);
  const last = pieces.at(-1);
  return pieces[piecesBefore] ?? frames[last === undefined ? 0 : frames.indexOf(last) + 1] ?? null;
}

/** @returns whether that was the answer's end */
async function strike(fault: StreamFault, stream: SentStream, frame: StreamFrame): Promise<boolean> {
  const { exchange, format } = stream;
  const bytes = encode(frame);
  if (typeof fault === 'object') {
    await send(stream, format.failureFrame(fault.failure));
    exchange.response.end();
    return true;
  }
  switch (fault) {
    case 'cut':
      await exchange.cutInsideChunk(bytes.subarray(0, Math.ceil(bytes.byteLength / 2)));
      return true;
    case 'cut character':
      await exchange.cutInsideChunk(
        Buffer.concat([Buffer.from('data: {"text": "'), WIDE_CHARACTER.subarray(0, 2)]),
      );
      return true;
    case 'closed':
      exchange.close();
      return true;
    case 'unfinished':
      exchange.response.end();
      return true;
    case 'reset':
      exchange.reset();
      return true;
    case 'silence':
      await exchange.waitForClose();
      return true;
    case 'malformed event':
      await exchange.write(MALFORMED_EVENT);
      return false;
    case 'wrong shape':
      await send(stream, WRONG_SHAPE);
      return false;
  }
}

async function send(stream: SentStream, frame: StreamFrame): Promise<void> {
  await drip(stream, encode(frame));
}

async function drip({ exchange, reply }: SentStream, bytes: Uint8Array): Promise<void> {
  const length = reply.dripBytes ?? bytes.byteLength;
  for (let start = 0; start < bytes.byteLength; start += length) {
    await exchange.wait(reply.dripDelayMs ?? 0);
    await exchange.write(bytes.subarray(start, start + length));
  }
}

function encode({ event, data }: StreamFrame): Buffer {
  const head = event === undefined ? '' : `event: ${event}\n`;
  return Buffer.from(`${head}data: ${JSON.stringify(data)}\n\n`);
}
