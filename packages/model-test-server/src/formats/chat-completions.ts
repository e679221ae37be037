import { OPENAI_FAILURES } from '../faults/openai-failures.ts';
import type { ReplyEnding } from '../model-reply.ts';
import { asArray, asNumber, asObject, asString, readText, readTurns } from './read-json.ts';
import { bearerToken } from './bearer-token.ts';
import type { ResolvedReply, StreamFrame, WireFormat } from './wire-format.ts';

const FINISH_REASONS: Readonly<Record<ReplyEnding, string>> = {
  stop: 'stop',
  length: 'length',
  refused: 'content_filter',
  unknown: 'test_reason',
};

/** OpenAI's chat completions, which nearly every other service speaks too. */
export const chatCompletions: WireFormat = {
  name: 'chat completions',
  isCalled: (path) => path.endsWith('/chat/completions'),
  readPrompt(body) {
    const request = asObject(body);
    const messages = asArray(request['messages']);
    const system = messages.find((message) =>
      ['system', 'developer'].includes(String(asObject(message)['role'])),
    );
    return {
      model: asString(request['model']) ?? '',
      system: system === undefined ? null : readText(asObject(system)['content']),
      messages: readTurns(messages),
      maximumOutputTokens: asNumber(request['max_tokens']) ?? asNumber(request['max_completion_tokens']),
      streams: request['stream'] === true,
    };
  },
  frames(reply) {
    const { reasoning, pieces, refusal, ending } = reply;
    const frames: StreamFrame[] = [chunk(reply, { role: 'assistant', content: '' })];
    if (reasoning !== null) frames.push(chunk(reply, { reasoning_content: reasoning }));
    frames.push(...pieces.map((content) => ({ ...chunk(reply, { content }), isPiece: true })));
    if (refusal !== null) frames.push(chunk(reply, { refusal }));
    frames.push(chunk(reply, {}, ending === null ? null : FINISH_REASONS[ending]));
    if (reply.usage !== null) frames.push({ data: { ...head(reply), choices: [], usage: usage(reply) } });
    return frames;
  },
  lastLine: '[DONE]',
  whole(reply) {
    const { reasoning, refusal, ending } = reply;
    return {
      ...head(reply),
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: reply.pieces.join(''),
            ...(reasoning !== null && { reasoning_content: reasoning }),
            ...(refusal !== null && { refusal }),
          },
          finish_reason: ending === null ? null : FINISH_REASONS[ending],
        },
      ],
      ...(reply.usage !== null && { usage: usage(reply) }),
    };
  },
  failure: (kind) => OPENAI_FAILURES[kind],
  failureFrame: (kind) => ({ data: OPENAI_FAILURES[kind].body }),
  readKey: (headers) => bearerToken(headers.authorization),
};

function head({ model }: ResolvedReply): object {
  return {
    id: 'chatcmpl-test',
    object: 'chat.completion.chunk',
    created: 1_764_000_000,
    ...(model !== null && { model }),
  };
}

function chunk(reply: ResolvedReply, delta: object, finishReason: string | null = null): StreamFrame {
  return { data: { ...head(reply), choices: [{ index: 0, delta, finish_reason: finishReason }] } };
}

function usage({ usage: said, costUsd }: ResolvedReply): object {
  const { inputTokens, outputTokens } = said ?? { inputTokens: 0, outputTokens: 0 };
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    ...(costUsd !== null && { cost: costUsd }),
  };
}
