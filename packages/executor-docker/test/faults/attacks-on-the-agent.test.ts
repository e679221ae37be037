import { describe, expect, test } from 'vitest';
import { attackSuite } from './support/attack-suite.ts';
import { outputOf, python } from './support/docker-under-test.ts';

const suite = attackSuite();
const LIMITS = { runTimeoutMs: 3000 };
const BOUND_MS = LIMITS.runTimeoutMs + 6000;
/** Words of the agent's own text. */
const AGENT_WORDS = /end_everything|tell_counter|is_unchanged|marker=/u;

/** Opens every descriptor of process 1 that can be opened, and writes what `junk` holds into it. */
const WRITE_TO_AGENT = `import os, sys
junk = sys.argv[1].encode()
for directory in ["/proc/1/fd", "/proc/self/fd"]:
    for name in sorted(os.listdir(directory)):
        if directory == "/proc/self/fd" and int(name) < 3:
            continue
        try:
            target = os.open(directory + "/" + name, os.O_WRONLY | os.O_NONBLOCK)
            for _ in range(50):
                os.write(target, junk)
        except OSError:
            pass
print("written", flush=True)
`;

describe('a program that turns against the agent of its container', () => {
  test.each([
    ['noise', '\u0001\u00ff{}\'"$(reboot)\n'],
    ['noise without a line', 'x'.repeat(1000)],
    ['a job', '30\ntouch /tmp/cloche/work/taken; :\n'],
    ['an ending', 'ended 0\n'],
    ['files', 'files tar\n'],
  ])('%s written to its descriptors hurts the program alone', async (_, junk) => {
    const startedAtMs = performance.now();
    const result = await suite.run(python(WRITE_TO_AGENT, { arguments: [junk], limits: LIMITS }));
    expect(['ok', 'runtime_error', 'timeout']).toContain(result.status);
    expect(result.artifacts).toEqual([]);
    expect(performance.now() - startedAtMs).toBeLessThan(BOUND_MS);
  });

  test('a flood of lines on its descriptors keeps nobody from the deadline', async () => {
    const code = `import os
targets = []
for name in os.listdir("/proc/1/fd"):
    try:
        targets.append(os.open("/proc/1/fd/" + name, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        pass
while True:
    for target in targets:
        try:
            os.write(target, b"x\\n" * 2000)
        except OSError:
            pass
`;
    const startedAtMs = performance.now();
    const result = await suite.run(python(code, { limits: LIMITS }));
    expect(['runtime_error', 'timeout']).toContain(result.status);
    expect(performance.now() - startedAtMs).toBeLessThan(BOUND_MS);
  });

  test('its command line and environment tell nothing, and printing them ends no run', async () => {
    const code = `import glob, sys
for path in sorted(glob.glob("/proc/[0-9]*/cmdline") + glob.glob("/proc/[0-9]*/environ")):
    try:
        data = open(path, "rb").read()
    except OSError:
        continue
    sys.stdout.buffer.write(data + b"\\n")
    sys.stderr.buffer.write(data + b"\\n")
sys.stdout.flush()
print("the end")
`;
    const result = await suite.run(python(code));
    expect(result.status).toBe('ok');
    expect(outputOf(result)).toMatch(/python3\0main\.py[^]*the end\n$/u);
    expect(outputOf(result)).not.toMatch(AGENT_WORDS);
    expect(outputOf(result)).not.toMatch(/DOCKER_|CLOCHE_|TOKEN|SECRET/u);
  });

  test('its memory may be read or not: nothing else is to be had by it', async () => {
    const code = `import os
found = 0
try:
    with open("/proc/1/maps") as maps, open("/proc/1/mem", "r+b", buffering=0) as memory:
        for line in maps:
            span, mode = line.split()[:2]
            start, end = (int(part, 16) for part in span.split("-"))
            if mode.startswith("rw"):
                try:
                    memory.seek(start)
                    found += len(memory.read(end - start))
                    memory.seek(start)
                    memory.write(b"\\xff" * (end - start))
                except (OSError, OverflowError, ValueError):
                    pass
except OSError as error:
    print("refused", error.errno)
print("tried", flush=True)
`;
    const startedAtMs = performance.now();
    const outcome = await suite.run(python(code, { limits: LIMITS })).then(
      ({ status }) => status,
      (error: unknown) => (error as { code: string }).code,
    );
    expect(['ok', 'runtime_error', 'timeout', 'ERR_EXECUTOR_FAILED']).toContain(outcome);
    expect(performance.now() - startedAtMs).toBeLessThan(BOUND_MS);
  });
});
