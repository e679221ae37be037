import { ANTHROPIC_FAILURES } from '../faults/anthropic-failures.ts';
import type { ReplyEnding } from '../model-reply.ts';
import { namedFrame } from './named-frame.ts';
import { asArray, asNumber, asObject, asString, readText, readTurns } from './read-json.ts';
import { bearerToken } from './bearer-token.ts';
import type { ResolvedReply, StreamFrame, WireFormat } from './wire-format.ts';

const STOP_REASONS: Readonly<Record<ReplyEnding, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  refused: 'refusal',
  unknown: 'test_reason',
};

/** Anthropic's messages. */
export const messages: WireFormat = {
  name: 'messages',
  isCalled: (path) => path.endsWith('/messages'),
  readPrompt(body) {
    const request = asObject(body);
    const system = request['system'];
    return {
      model: asString(request['model']) ?? '',
      system: system === undefined ? null : readText(system),
      messages: readTurns(asArray(request['messages'])),
      maximumOutputTokens: asNumber(request['max_tokens']),
      streams: request['stream'] === true,
    };
  },
  frames(reply) {
    const { inputTokens, outputTokens } = tokens(reply);
    const start = {
      message: {
        ...head(reply),
        content: [],
        stop_reason: null,
        usage: { input_tokens: inputTokens, output_tokens: 1 },
      },
    };
    return [
      namedFrame('message_start', start),
      namedFrame('ping'),
      ...thinking(reply),
      ...block(textIndex(reply), { type: 'text', text: '' }, reply.pieces.map(textDelta)),
      namedFrame('message_delta', {
        delta: { stop_reason: stopReason(reply), stop_sequence: null },
        usage: { output_tokens: outputTokens },
      }),
      namedFrame('message_stop'),
    ];
  },
  lastLine: null,
  whole(reply) {
    const { inputTokens, outputTokens } = tokens(reply);
    return {
      ...head(reply),
      content: [
        ...(reply.reasoning === null
          ? []
          : [{ type: 'thinking', thinking: reply.reasoning, signature: 'test' }]),
        { type: 'text', text: reply.pieces.join('') },
      ],
      stop_reason: stopReason(reply),
      stop_sequence: null,
      usage: { input_tokens: inputTokens, output_tokens: outputTokens },
    };
  },
  failure: (kind) => ANTHROPIC_FAILURES[kind],
  failureFrame: (kind) => ({ event: 'error', data: ANTHROPIC_FAILURES[kind].body }),
  readKey: (headers) => asString(headers['x-api-key']) ?? bearerToken(headers.authorization),
};

function head({ model }: ResolvedReply): object {
  return { id: 'msg_test', type: 'message', role: 'assistant', ...(model !== null && { model }) };
}

/** The format has no way to say nothing. */
function tokens({ usage }: ResolvedReply): { readonly inputTokens: number; readonly outputTokens: number } {
  return usage ?? { inputTokens: 0, outputTokens: 0 };
}

function stopReason({ ending, refusal }: ResolvedReply): string | null {
  if (refusal !== null) return STOP_REASONS.refused;
  return ending === null ? null : STOP_REASONS[ending];
}

function textIndex({ reasoning }: ResolvedReply): number {
  return reasoning === null ? 0 : 1;
}

function textDelta(text: string): object {
  return { type: 'text_delta', text };
}

function thinking({ reasoning }: ResolvedReply): readonly StreamFrame[] {
  if (reasoning === null) return [];
  const deltas = [
    { type: 'thinking_delta', thinking: reasoning },
    { type: 'signature_delta', signature: 'test' },
  ];
  return block(0, { type: 'thinking', thinking: '', signature: '' }, deltas).map(({ event, data }) => ({
    ...(event !== undefined && { event }),
    data,
  }));
}

function block(index: number, content: object, deltas: readonly object[]): readonly StreamFrame[] {
  return [
    namedFrame('content_block_start', { index, content_block: content }),
    ...deltas.map((delta) => ({
      ...namedFrame('content_block_delta', { index, delta }),
      isPiece: true,
    })),
    namedFrame('content_block_stop', { index }),
  ];
}
