import type { Sample, SampledAnswer, SampledRequest } from '../../support/test-client.ts';

/** A client's model that says these one after the other, and keeps what it was asked. */
export interface ScriptedClient {
  readonly sample: Sample;
  readonly asked: readonly SampledRequest[];
}

export function says(text: string, stopReason = 'endTurn'): SampledAnswer {
  return { role: 'assistant', model: 'clients-own-1', stopReason, content: { type: 'text', text } };
}

export function scriptedClient(answers: readonly (SampledAnswer | Error)[]): ScriptedClient {
  const asked: SampledRequest[] = [];
  return {
    asked,
    sample: (request) => {
      const answer = answers[asked.length] ?? new Error('The script is over.');
      asked.push(request);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}
