import type { FinishReason, LanguageModelUsage, TextStreamPart, ToolSet } from 'ai';

/** What the SDK calls an answer that ends without a reason: InvalidResponseDataError, NoOutputGeneratedError. */
const MISSING_END: ReadonlySet<string> = new Set([
  'AI_InvalidResponseDataError',
  'AI_NoOutputGeneratedError',
]);

export interface ReadStream {
  readonly text: string;
  /** Null: the stream did not come to its end. */
  readonly finish: { readonly finishReason: FinishReason; readonly totalUsage: LanguageModelUsage } | null;
  /** Null: none. */
  readonly failure: { readonly error: unknown } | null;
}

/** Reads an answer to its end, to a failure, or until the call is aborted. Never rejects. */
export async function readStream(
  stream: AsyncIterable<TextStreamPart<ToolSet>>,
  onText: (text: string) => void,
): Promise<ReadStream> {
  let text = '';
  let finish: ReadStream['finish'] = null;
  let failure: ReadStream['failure'] = null;
  try {
    for await (const part of stream) {
      if (part.type === 'text-delta' && part.text !== '') {
        text += part.text;
        onText(part.text);
      } else if (part.type === 'finish') {
        finish = part;
      } else if (part.type === 'error') {
        // Whether it has ended well is for the service to say, with a reason or without.
        if (MISSING_END.has(nameOf(part.error))) continue;
        failure = { error: part.error };
        break;
      } else if (part.type === 'abort') {
        break;
      }
    }
  } catch (error) {
    failure = { error };
  }
  return { text, finish, failure };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
