import { OPENAI_FAILURES } from '../faults/openai-failures.ts';
import { namedFrame } from './named-frame.ts';
import { asArray, asNumber, asObject, asString, readText, readTurns } from './read-json.ts';
import { bearerToken } from './bearer-token.ts';
import type { ResolvedReply, StreamFrame, WireFormat } from './wire-format.ts';

const MESSAGE_ID = 'msg_test';
const REASONING_ID = 'rs_test';
const PLACE = { item_id: MESSAGE_ID, output_index: 1, content_index: 0 };

/** OpenAI's responses, which the AI SDK uses for OpenAI itself. */
export const responses: WireFormat = {
  name: 'responses',
  isCalled: (path) => path.endsWith('/responses'),
  readPrompt(body) {
    const request = asObject(body);
    const input = asArray(request['input']);
    const system = input.find((item) => ['system', 'developer'].includes(String(asObject(item)['role'])));
    return {
      model: asString(request['model']) ?? '',
      system:
        system === undefined ? asString(request['instructions']) : readText(asObject(system)['content']),
      messages: readTurns(input),
      maximumOutputTokens: asNumber(request['max_output_tokens']),
      streams: request['stream'] === true,
    };
  },
  frames(reply) {
    const started = { response: { ...head(reply), status: 'in_progress' } };
    const isComplete = reply.ending === 'stop' || reply.ending === null;
    const frames = [
      namedFrame('response.created', started),
      namedFrame('response.in_progress', started),
      ...reasoningFrames(reply),
      namedFrame('response.output_item.added', { output_index: 1, item: message(reply, false) }),
      ...reply.pieces.map((delta) => ({
        ...namedFrame('response.output_text.delta', { ...PLACE, delta, logprobs: [] }),
        isPiece: true,
      })),
      ...refusalFrames(reply),
      namedFrame('response.output_item.done', { output_index: 1, item: message(reply, true) }),
      namedFrame(isComplete ? 'response.completed' : 'response.incomplete', { response: whole(reply) }),
    ];
    return frames.map((frame, index) => ({
      ...frame,
      data: { ...(frame.data as object), sequence_number: index },
    }));
  },
  lastLine: null,
  whole,
  failure: (kind) => OPENAI_FAILURES[kind],
  failureFrame(kind) {
    const { error } = OPENAI_FAILURES[kind].body as { error: Readonly<Record<string, unknown>> };
    const { message: said, type: _type, ...rest } = error;
    return namedFrame('error', { sequence_number: 9, message: said, ...rest });
  },
  readKey: (headers) => bearerToken(headers.authorization),
};

function refusalFrames({ refusal }: ResolvedReply): readonly StreamFrame[] {
  if (refusal === null) return [];
  return [
    namedFrame('response.refusal.delta', { ...PLACE, delta: refusal }),
    namedFrame('response.refusal.done', { ...PLACE, refusal }),
  ];
}

function reasoningFrames({ reasoning }: ResolvedReply): readonly StreamFrame[] {
  if (reasoning === null) return [];
  const item = { id: REASONING_ID, type: 'reasoning', summary: [] };
  const place = { item_id: REASONING_ID, output_index: 0, summary_index: 0 };
  return [
    namedFrame('response.output_item.added', { output_index: 0, item }),
    namedFrame('response.reasoning_summary_part.added', place),
    namedFrame('response.reasoning_summary_text.delta', { ...place, delta: reasoning }),
    namedFrame('response.output_item.done', { output_index: 0, item }),
  ];
}

function message({ pieces, refusal }: ResolvedReply, isDone: boolean): object {
  const text = { type: 'output_text', text: pieces.join(''), annotations: [], logprobs: [] };
  const said = refusal === null ? [text] : [text, { type: 'refusal', refusal }];
  return {
    id: MESSAGE_ID,
    type: 'message',
    role: 'assistant',
    status: isDone ? 'completed' : 'in_progress',
    content: isDone ? said : [],
  };
}

function head({ model }: ResolvedReply): object {
  return { id: 'resp_test', object: 'response', created_at: 1_764_000_000, model: model ?? 'unnamed' };
}

const INCOMPLETE_REASONS = { length: 'max_output_tokens', refused: 'content_filter', unknown: 'test_reason' };

function whole(reply: ResolvedReply): object {
  const { ending, usage } = reply;
  const isComplete = ending === 'stop' || ending === null;
  return {
    ...head(reply),
    status: isComplete ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: isComplete ? null : { reason: INCOMPLETE_REASONS[ending] },
    output: [message(reply, true)],
    ...(usage !== null && {
      usage: {
        input_tokens: usage.inputTokens,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: usage.outputTokens,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    }),
  };
}
