import type { ResolvedReply } from './formats/wire-format.ts';
import type { WrittenReply } from './model-reply.ts';

const DEFAULT_PIECE_LENGTH = 24;
const DEFAULT_USAGE = { inputTokens: 10, outputTokens: 20 };

export function resolveReply(reply: WrittenReply, askedModel: string): ResolvedReply {
  return {
    pieces:
      typeof reply.text === 'string'
        ? split(reply.text, reply.pieceLength ?? DEFAULT_PIECE_LENGTH)
        : reply.text,
    reasoning: reply.reasoning ?? null,
    ending: reply.ending === undefined ? 'stop' : reply.ending,
    refusal: reply.refusal ?? null,
    usage: reply.usage === undefined ? DEFAULT_USAGE : reply.usage,
    model: reply.model === undefined ? askedModel : reply.model,
    costUsd: reply.costUsd ?? null,
  };
}

/** By characters, so that no piece is half of one. */
function split(text: string, pieceLength: number): readonly string[] {
  const characters = [...text];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += pieceLength) {
    pieces.push(characters.slice(start, start + pieceLength).join(''));
  }
  return pieces;
}
