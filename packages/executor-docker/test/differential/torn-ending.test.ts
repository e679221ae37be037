import { expect, test } from 'vitest';
import { useLaboratory } from './describe-programs.ts';

const laboratory = useLaboratory();

/** Longer than any time for which the agent reads. */
const PAUSE_SECONDS = 1.2;

test.for(['e', 'ended', 'ended '])(
  'the agent understands how a program ended when its time to read is over after "%s"',
  async (beginning) => {
    const rest = 'ended 7'.slice(beginning.length);
    const script = `
(printf '${beginning}' >&3; sleep ${PAUSE_SECONDS}; printf '${rest}\\n' >&3) &
worker=$! watched=stdin
finish 1 20 0
`;
    expect((await laboratory().ask(script)).exitCode).toBe(7);
  },
);
