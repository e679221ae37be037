import { describe, expect, test } from 'vitest';
import { attackSuite } from './support/attack-suite.ts';
import { outputOf, python } from './support/docker-under-test.ts';

const suite = attackSuite();
/** After the deadline: the agent's own grace, and the removal. */
const OVERHEAD_MS = 6000;

const FORK_BOMB = `import os
while True:
    try:
        os.fork()
    except OSError:
        pass
`;

const STOP_ALL = `import os, signal
me = os.getpid()
for name in os.listdir("/proc"):
    if name.isdigit() and int(name) != me:
        try:
            os.kill(int(name), signal.SIGSTOP)
        except OSError:
            pass
print("done", flush=True)
`;

describe('a program that turns against the processes of its container', () => {
  test('a fork bomb ends at a limit, and in time', async () => {
    const startedAtMs = performance.now();
    const { status } = await suite.run(python(FORK_BOMB, { limits: { runTimeoutMs: 3000 } }));
    expect(['limit', 'timeout']).toContain(status);
    expect(performance.now() - startedAtMs).toBeLessThan(3000 + OVERHEAD_MS);
  });

  test('kill -9 -1 takes its own supervision away, and is ended at once', async () => {
    const code = 'import os, time\nos.kill(-1, 9)\nprint("alone", flush=True)\ntime.sleep(600)\n';
    const startedAtMs = performance.now();
    const result = await suite.run(python(code));
    expect(result).toMatchObject({ status: 'runtime_error', run: { exitCode: null, stoppedBy: null } });
    expect(outputOf(result)).toBe('alone\n');
    expect(performance.now() - startedAtMs).toBeLessThan(OVERHEAD_MS);
  });

  test('who stops every process that it sees runs into its deadline, not beyond', async () => {
    const startedAtMs = performance.now();
    const result = await suite.run(python(STOP_ALL, { limits: { runTimeoutMs: 2000 } }));
    expect(result.status).toBe('timeout');
    expect(outputOf(result)).toBe('done\n');
    expect(performance.now() - startedAtMs).toBeLessThan(2000 + OVERHEAD_MS);
  });

  test('who stops itself runs into its deadline', async () => {
    const code = 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n';
    expect((await suite.run(python(code, { limits: { runTimeoutMs: 1500 } }))).status).toBe('timeout');
  });

  test('no signal to process 1 ends the container', async () => {
    const code = `import os
for number in range(1, 65):
    try:
        os.kill(1, number)
    except OSError:
        pass
print("still here")
`;
    const result = await suite.run(python(code));
    expect([result.status, outputOf(result)]).toEqual(['ok', 'still here\n']);
  });

  test('a thousand orphans that have ended do not use up the processes', async () => {
    const code = `import os
for _ in range(1000):
    child = os.fork()
    if child == 0:
        if os.fork() == 0:
            os._exit(0)
        os._exit(0)
    os.waitpid(child, 0)
print("all born")
`;
    const result = await suite.run(python(code));
    expect([result.status, outputOf(result)]).toEqual(['ok', 'all born\n']);
  });

  test('memory that a child takes over the limit is out_of_memory, whatever the parent says', async () => {
    const code = `import os, sys
child = os.fork()
if child == 0:
    blocks = [b"x" * (16 * 1024 * 1024) for _ in range(64)]
    os._exit(0)
_, status = os.waitpid(child, 0)
print(os.WTERMSIG(status))
sys.exit(0)
`;
    const limits = { memoryBytes: 96 * 1024 * 1024, scratchBytes: 32 * 1024 * 1024 };
    const result = await suite.run(python(code, { limits }));
    expect(result).toMatchObject({ status: 'out_of_memory', limit: 'memory', stoppedIn: 'run' });
    expect(outputOf(result)).toBe('9\n');
  });
});
