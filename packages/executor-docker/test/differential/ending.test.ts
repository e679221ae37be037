import { expect, test } from 'vitest';
import { jobMessage } from '../../src/container/job-script.ts';
import { useLaboratory } from './describe-programs.ts';

const laboratory = useLaboratory();

/** Longer than any time for which the agent reads. */
const PAUSE_SECONDS = 1.2;
/** Longer than the program below runs. */
const DEAF_MS = 1500;

test.for(['e', 'ended', 'ended '])(
  'the agent understands how a program ended when its time to read is over after "%s"',
  async (beginning) => {
    const rest = 'ended 7'.slice(beginning.length);
    const script = `
(printf '${beginning}' >&3; sleep ${PAUSE_SECONDS}; printf '${rest}\\n' >&3) &
cloche_worker=$! cloche_watched=stdin
finish 1 20 0
`;
    const ending = await laboratory().ask(Buffer.from(`${script.length}\n${script}`));
    expect(ending.exitCode).toBe(7);
  },
);

test('an end is told although the program has left stdout full, and so that a write into it fails', async () => {
  const code = `process.stdout.write('x'.repeat(8 << 20));
setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);
`;
  const job = await laboratory().jobOf('javascript', { name: 'stdout without blocking', code });
  expect(await laboratory().ask(await jobMessage(job, { ahead: null }), DEAF_MS)).toMatchObject({
    signal: 'SIGKILL',
  });
});
