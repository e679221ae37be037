import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const ROOT_DIRECTORY = path.resolve(import.meta.dirname, '../../..');
const SCRIPT = 'packages/executor-local/test/run-program.ts';
const SECRET = 'a secret of the host';
/** An ordinary user's id; where these tests run as one already, that user's own is taken. */
const USER = 47_123;
const isRoot = process.getuid?.() === 0;

/**
 * Words that start Node.js as an ordinary user, in the checkout. Where root runs the tests, the checkout may lie where
 * only root can go, and Node.js as well: so the checkout is shown at another place, and descriptor 3 is open on Node.js.
 */
function commandAsUser(shownAt: string): string[] {
  if (!isRoot) return [process.execPath];
  const capabilities = ['CAP_SETUID', 'CAP_SETGID', 'CAP_SYS_ADMIN'].flatMap((name) => ['--cap-add', name]);
  const view = ['--dev-bind', '/', '/', '--bind', ROOT_DIRECTORY, shownAt, '--chdir', shownAt];
  const user = [
    `--reuid=${USER}`,
    `--regid=${USER}`,
    '--clear-groups',
    '--bounding-set=-all',
    '--inh-caps=-all',
  ];
  return ['bwrap', ...view, ...capabilities, '--', 'setpriv', ...user, '--', '/proc/self/fd/3'];
}

/**
 * Puts machine code where the namespace's first process waits: it no longer dies with its parent
 * (prctl(PR_SET_PDEATHSIG, 0)), tells bubblewrap outside that the supervisor has ended (1 into each descriptor)
 * and then waits for ever. A process that ends wakes it.
 */
const FIRST_PROCESS_TAKEOVER = `
import os, struct, time
head = bytes.fromhex('bf01000000 31f6 b89d000000 0f05 bb03000000')
loop = bytes.fromhex('89df ba08000000 b801000000 0f05 ffc3 83fb20')
wait = bytes.fromhex('b822000000 0f05 ebf7')
address = bytes.fromhex('488d35') + struct.pack('<i', len(loop) + 2 + len(wait))
again = bytes([0x7c, -(len(address) + len(loop) + 2) & 255])
place = int(open('/proc/1/syscall').read().split()[-1], 16)
with open('/proc/1/mem', 'r+b', buffering=0) as memory:
    memory.seek(place)
    memory.write(head + address + loop + again + wait + struct.pack('<Q', 1))
print('taken over', flush=True)
for seconds in (20, 0.2):
    if os.fork() == 0:
        if os.fork() == 0:
            os.setsid()
            for descriptor in range(3):
                os.close(descriptor)
            time.sleep(seconds)
        os._exit(0)
    os.wait()
time.sleep(20)
`;

function start<Started>(spawnWith: (stdio: ('pipe' | 'inherit' | number)[]) => Started): Started {
  const node = openSync(process.execPath, 'r');
  try {
    return spawnWith(['pipe', 'pipe', 'inherit', node]);
  } finally {
    closeSync(node);
  }
}

/** Of an ordinary user's sandbox the program owns everything, the directory above its own included. */
describe("a hostile program in an ordinary user's sandbox", () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'cloche-user-'));
    for (const name of ['checkout', 'home', 'secrets']) await mkdir(path.join(directory, name));
    await writeFile(path.join(directory, 'secrets', 'f'), SECRET);
    if (!isRoot) return;
    for (const name of ['', 'home', 'secrets']) await chown(path.join(directory, name), USER, USER);
  });

  beforeEach(({ skip }) => skip(process.platform !== 'linux', 'bubblewrap is of Linux alone'));

  afterAll(() => rm(directory, { recursive: true, force: true }));

  async function run(
    code: string,
    word: string,
  ): Promise<{ printed: string; artifacts: [string, string][]; survivors: number }> {
    const [program = '', ...words] = commandAsUser(path.join(directory, 'checkout'));
    const script = ['--conditions=@cloche/source', SCRIPT, word];
    const home = path.join(directory, 'home');
    const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, CLOCHE_HOME: home };
    const options = { cwd: ROOT_DIRECTORY, env: environment };
    const child = start((stdio) => spawn(program, [...words, ...script], { ...options, stdio }));
    child.stdin?.end(code);
    if (child.stdout === null) throw new Error('the process has no output');
    return JSON.parse(await text(child.stdout)) as Awaited<ReturnType<typeof run>>;
  }

  test('gets no file of the host by putting a link in place of its work directory', async () => {
    const code = `
import os, sys
open('own', 'w').write('of the program')
os.rename('/cloche/work', '/cloche/elsewhere')
os.symlink(sys.argv[1], '/cloche/work')
print('replaced')
`;
    const { printed, artifacts } = await run(code, path.join(directory, 'secrets'));
    expect(printed).toBe('replaced\n');
    expect(artifacts).toEqual([['own', 'of the program']]);
  });

  test('leaves nobody behind by taking over the first process', async ({ skip }) => {
    skip(process.arch !== 'x64', 'the numbers and the machine code are those of x86-64');
    const { printed, survivors } = await run(FIRST_PROCESS_TAKEOVER, `left-behind-${process.pid}`);
    expect(printed).toBe('taken over\n');
    expect(survivors).toBe(0);
  });
});
