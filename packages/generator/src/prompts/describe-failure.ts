import type { Evidence } from '../attempts/collect-evidence.ts';
import { delimited } from './delimited.ts';

/** What went wrong with a program, as the next message says it: what was seen, and what there is to work with. */
export function describeFailure({ summary, outputs, advice, sandbox }: Evidence): string {
  const shown =
    outputs.length === 0 ? ['It printed nothing.'] : outputs.map(({ name, text }) => delimited(name, text));
  return [
    `The program was run. ${summary}`,
    ...shown,
    ...(advice === null ? [] : [advice]),
    `Where it ran:\n${sandbox}`,
    'Find the cause, and answer with the whole corrected program. If the approach itself cannot work here, choose another one; the same program again would fail again.',
  ].join('\n\n');
}
