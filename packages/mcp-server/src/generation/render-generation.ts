import type { AttemptFacts, GenerationFacts } from './generation-facts.ts';

export interface RenderedGeneration {
  readonly before: string;
  readonly after: string;
}

/** The facts as text: what matters at once before the program, what led to it after it. */
export function renderGeneration(facts: GenerationFacts): RenderedGeneration {
  const { status, ended_by, stage, next, hint, explanation, attempts, duration_ms } = facts;
  const details = [ended_by, countLine(attempts.length), `${duration_ms} ms`, stage].filter(
    (detail) => detail !== undefined,
  );
  const before = [`status: ${status} (${details.join(', ')})`];
  if (next !== undefined) before.push(next);
  if (hint !== undefined) before.push(`hint: ${hint}`);
  before.push(modelLine(facts));
  const after = explanation === undefined ? [] : [`explanation: ${explanation}`];
  after.push(...attempts.map((attempt) => attemptLine(attempt)));
  return { before: before.join('\n'), after: after.join('\n') };
}

/** On which rung of the ladder it was written. */
function modelLine({ model, usage, cost_usd }: GenerationFacts): string {
  const name = [model.provider, model.name].filter((part) => part !== null).join(' ');
  const whose =
    model.source === 'client'
      ? `the client’s own${model.name === null ? '' : `, ${model.name}`} (by sampling: no provider is configured)`
      : `${name} (configured for this server)`;
  const tokens =
    usage.input_tokens === null && usage.output_tokens === null
      ? ''
      : `, tokens: ${usage.input_tokens ?? '?'} in, ${usage.output_tokens ?? '?'} out`;
  return `model: ${whose}${tokens}${cost_usd === undefined ? '' : `, ${cost_usd} USD`}`;
}

function attemptLine({ number, status, language, error, duration_ms }: AttemptFacts): string {
  const place = [language, `${duration_ms} ms`].filter((part) => part !== undefined).join(', ');
  return `attempt ${number}: ${status} (${place})${error === undefined ? '' : `: ${error}`}`;
}

function countLine(count: number): string {
  return `${count} ${count === 1 ? 'attempt' : 'attempts'}`;
}
