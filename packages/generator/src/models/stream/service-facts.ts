import { fields, items, words } from '../untyped.ts';

const LAST_EVENTS: ReadonlySet<unknown> = new Set([
  'message_stop',
  'response.completed',
  'response.incomplete',
]);

/** It stands in every answer and on terminals. */
const LONGEST_NAME = 200;

/** What a service says of its answer in fields that the AI SDK does not hand on for all of them. */
export class ServiceFacts {
  /** As the service names what answered. Null: it did not. */
  model: string | null = null;
  /** US dollars. Null: it did not say. */
  costUsd: number | null = null;
  /** Whether the service said that this is all. */
  hasEnded = false;

  /** @param event of the stream, as it was sent */
  read(event: unknown): void {
    const { model, modelVersion, message, response, usage } = fields(event);
    this.model ??=
      words(model) ??
      words(modelVersion) ??
      words(fields(message)['model']) ??
      words(fields(response)['model']);
    this.model = this.model?.slice(0, LONGEST_NAME) ?? null;
    // OpenRouter's, and that of those who follow it: openrouter.ai/docs/use-cases/usage-accounting.
    const { cost } = fields(usage);
    if (typeof cost === 'number' && Number.isFinite(cost) && cost >= 0) this.costUsd = cost;
    this.hasEnded ||= isLast(event);
  }

  /** @param tail the last characters of a body that ended well */
  readTail(tail: string): void {
    this.hasEnded ||= /(?:^|\n)data:\s*\[DONE\]\s*$/u.test(tail);
  }
}

function isLast(event: unknown): boolean {
  const { type, delta, choices, candidates, promptFeedback } = fields(event);
  return (
    LAST_EVENTS.has(type) ||
    words(fields(delta)['stop_reason']) !== null ||
    items(choices).some((choice) => words(fields(choice)['finish_reason']) !== null) ||
    items(candidates).some((candidate) => words(fields(candidate)['finishReason']) !== null) ||
    words(fields(promptFeedback)['blockReason']) !== null
  );
}
