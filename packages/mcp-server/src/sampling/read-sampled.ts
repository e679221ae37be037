/** What an answer of a client's model says. */
export interface Sampled {
  readonly text: string;
  readonly stopReason: string | null;
  /** As the client names it. */
  readonly model: string | null;
}

const MODEL_CHARACTERS = 200;

interface LooseResult {
  readonly content?: unknown;
  readonly stopReason?: unknown;
  readonly model?: unknown;
}

interface LooseBlock {
  readonly type?: unknown;
  readonly text?: unknown;
}

/** Null where there is no text in it. What a client sends is checked by nobody before this. */
export function readSampled(result: unknown): Sampled | null {
  if (!isObject(result)) return null;
  const { content, stopReason, model }: LooseResult = result;
  const blocks: readonly LooseBlock[] = (Array.isArray(content) ? content : [content]).filter(isObject);
  const texts = blocks.flatMap(({ type, text }) =>
    type === 'text' && typeof text === 'string' ? [text] : [],
  );
  if (texts.length === 0) return null;
  return {
    text: texts.join('\n'),
    stopReason: typeof stopReason === 'string' ? stopReason : null,
    model: typeof model === 'string' && model !== '' ? model.slice(0, MODEL_CHARACTERS) : null,
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
