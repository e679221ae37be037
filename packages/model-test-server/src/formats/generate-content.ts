import { GOOGLE_FAILURES } from '../faults/google-failures.ts';
import type { ReplyEnding } from '../model-reply.ts';
import { asArray, asNumber, asObject, asString, readText, readTurns } from './read-json.ts';
import type { ResolvedReply, StreamFrame, WireFormat } from './wire-format.ts';

const FINISH_REASONS: Readonly<Record<ReplyEnding, string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  refused: 'SAFETY',
  unknown: 'OTHER',
};

const CALL = /\/models\/([^/:?]+):(streamGenerateContent|generateContent)/u;

/** Google's generateContent of the Gemini API. */
export const generateContent: WireFormat = {
  name: 'generate content',
  isCalled: (path) => CALL.test(path),
  readPrompt(body, path) {
    const request = asObject(body);
    const system = asObject(request['systemInstruction'])['parts'];
    const [, model = '', method] = CALL.exec(path) ?? [];
    return {
      model: decodeURIComponent(model),
      system: system === undefined ? null : readText(system),
      messages: readTurns(asArray(request['contents']), 'model', 'parts'),
      maximumOutputTokens: asNumber(asObject(request['generationConfig'])['maxOutputTokens']),
      streams: method === 'streamGenerateContent',
    };
  },
  frames(reply) {
    const frames: StreamFrame[] = [];
    // A prompt that is refused gets no candidate at all.
    if (reply.refusal !== null) {
      return [{ data: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, ...tail(reply) } }];
    }
    if (reply.reasoning !== null) frames.push(candidate(reply, { text: reply.reasoning, thought: true }));
    frames.push(...reply.pieces.map((text) => ({ ...candidate(reply, { text }), isPiece: true })));
    frames.push({ data: { candidates: [end(reply, [{ text: '' }])], ...tail(reply) } });
    return frames;
  },
  lastLine: null,
  whole(reply) {
    return { candidates: [end(reply, [{ text: reply.pieces.join('') }])], ...tail(reply) };
  },
  failure: (kind) => GOOGLE_FAILURES[kind],
  failureFrame: (kind) => ({ data: GOOGLE_FAILURES[kind].body }),
  readKey: (headers, path) =>
    asString(headers['x-goog-api-key']) ?? new URL(path, 'http://localhost').searchParams.get('key'),
};

function candidate(reply: ResolvedReply, part: object): StreamFrame {
  return { data: { candidates: [{ content: { role: 'model', parts: [part] }, index: 0 }], ...head(reply) } };
}

function end({ ending }: ResolvedReply, parts: readonly object[]): object {
  return {
    content: { role: 'model', parts },
    index: 0,
    ...(ending !== null && { finishReason: FINISH_REASONS[ending] }),
  };
}

function head({ model }: ResolvedReply): object {
  return { ...(model !== null && { modelVersion: model }), responseId: 'test' };
}

function tail(reply: ResolvedReply): object {
  const { usage } = reply;
  return {
    ...head(reply),
    ...(usage !== null && {
      usageMetadata: {
        promptTokenCount: usage.inputTokens,
        candidatesTokenCount: usage.outputTokens,
        totalTokenCount: usage.inputTokens + usage.outputTokens,
      },
    }),
  };
}
