import { describe, expect, test } from 'vitest';
import { BUSYBOX_IMAGE, TOOLCHAINS_IMAGE } from '../support/test-engine.ts';
import { attackSuite } from './support/attack-suite.ts';

/** What the agent ignores for itself is no business of a program: it begins as it would on any machine. */
describe.each([
  [TOOLCHAINS_IMAGE, 'bash', /^SigBlk:\s0{16}\nSigIgn:\s0{16}\n$/u],
  // Its shell starts whatever it watches without SIGINT and SIGQUIT, and lets nobody change that.
  [BUSYBOX_IMAGE, 'python', /^SigBlk:\s0{16}\nSigIgn:\s0{15}6\n$/u],
] as const)('in the image %s', (image, language, expected) => {
  const suite = attackSuite({ image });

  test('a program begins with every signal as it should be', async () => {
    const code =
      language === 'bash'
        ? 'grep -E "Sig(Blk|Ign)" /proc/self/status'
        : `import subprocess
print(subprocess.run(["grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"], capture_output=True, text=True).stdout, end="")`;
    const printed = await suite.docker.print({ language, code });
    expect(printed).toMatch(expected);
  });
});
