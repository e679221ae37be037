import { describe, expect, test } from 'vitest';
import { attackSuite } from './support/attack-suite.ts';
import { outputOf, python } from './support/docker-under-test.ts';

const suite = attackSuite();
const MEBIBYTE = 1024 * 1024;
const BOUND_MS = 25_000;
/** What this process may grow by while files come that it does not keep. */
const GROWTH_BYTES = 400 * MEBIBYTE;

describe('a program that turns against its files', () => {
  test('/tmp full, outside of its own directories, is the limit scratch', async () => {
    const code = `with open("/tmp/filling", "wb") as file:
    while True:
        file.write(b"x" * (1024 * 1024))
`;
    const result = await suite.run(python(code, { limits: { scratchBytes: 24 * MEBIBYTE } }));
    expect(result).toMatchObject({ status: 'limit', limit: 'scratch', stoppedIn: 'run' });
  });

  test('/dev/shm holds 16 MiB and no more', async () => {
    const code = `written = 0
try:
    with open("/dev/shm/filling", "wb", buffering=0) as file:
        while written < 1 << 30:
            written += file.write(b"x" * (1024 * 1024))
except OSError as error:
    print(error.errno)
print(written)
`;
    expect(await suite.docker.print(python(code))).toBe(`28\n${16 * MEBIBYTE}\n`);
  });

  test('no other place of the container can be written to', async () => {
    const code = `import os
written = []
for directory, names, _ in os.walk("/"):
    if directory.startswith(("/proc", "/sys")):
        names.clear()
        continue
    path = os.path.join(directory, "planted-by-a-test")
    try:
        open(path, "x").close()
        written.append(directory)
    except OSError:
        pass
print(sorted({place for place in written if not place.startswith("/tmp")}))
`;
    const printed = await suite.docker.print(python(code));
    expect(printed).toBe("['/dev/mqueue', '/dev/shm']\n");
  });

  test('everything deleted, the directories of the agent too, leaves a result', async () => {
    const code = `import shutil
shutil.rmtree("/tmp/cloche", ignore_errors=True)
print("deleted", flush=True)
`;
    const result = await suite.run(python(code));
    expect([result.status, outputOf(result), result.artifacts]).toEqual(['ok', 'deleted\n', []]);
  });

  test.each(['/etc', '/', '/proc/1', '/tmp/cloche/home'])(
    'a link to %s in the place of the work directory brings nothing out',
    async (target) => {
      const code = `import os, shutil, sys
open("/tmp/cloche/home/secret", "w").write("secret")
os.chdir("/tmp")
shutil.rmtree("/tmp/cloche/work")
os.symlink(sys.argv[1], "/tmp/cloche/work")
`;
      const startedAtMs = performance.now();
      const result = await suite.run(python(code, { arguments: [target] }));
      expect([result.status, result.artifacts]).toEqual(['ok', []]);
      expect(performance.now() - startedAtMs).toBeLessThan(BOUND_MS);
    },
  );

  test('links to files, and hard links to those of others, bring nothing out', async () => {
    const code = `import os
os.symlink("/etc/passwd", "passwd")
os.symlink("/proc/1/environ", "environ")
os.makedirs("deep")
os.symlink("/etc", "deep/etc")
try:
    os.link("/etc/passwd", "hard")
except OSError as error:
    print(error.errno)
`;
    const result = await suite.run(python(code));
    expect(result.artifacts).toEqual([]);
    expect(result.omittedArtifacts.map(({ path, reason }) => [path, reason])).toEqual([
      ['deep/etc', 'not_a_regular_file'],
      ['environ', 'not_a_regular_file'],
      ['passwd', 'not_a_regular_file'],
    ]);
  });

  test('files without any right come back all the same', async () => {
    const code = `import os
os.makedirs("inner")
open("inner/kept", "w").write("kept")
for path, mode in [("inner/kept", 0), ("inner", 0), ("main.py", 0), (".", 0), ("/tmp/cloche", 0)]:
    os.chmod(path, mode)
`;
    const result = await suite.run(python(code));
    expect(result.status).toBe('ok');
    expect(result.artifacts.map(({ path, content }) => [path, Buffer.from(content).toString()])).toEqual([
      ['inner/kept', 'kept'],
    ]);
  });

  test('strange names come back as they are; those that are no text are named and left', async () => {
    const code = `import os
open("two\\nlines", "w").write("1")
open(b"\\xff\\xfe", "w").write("2")
open("files tar", "w").write("3")
open("-rf", "w").write("4")
`;
    const result = await suite.run(python(code));
    expect(result.artifacts.map(({ path }) => path)).toEqual(['-rf', 'files tar', 'two\nlines']);
    expect(result.omittedArtifacts.map(({ reason }) => reason)).toEqual(['invalid_name']);
  });
});

describe('a program that leaves more than can be brought out', () => {
  test.each([
    [
      'ten gigabytes in sparse files',
      `for index in range(1500):
    with open(f"sparse-{index:04}", "wb") as file:
        file.truncate(7 * 1024 * 1024)
`,
    ],
    [
      'two hundred thousand empty files',
      `for index in range(200_000):
    open(f"{index:06}", "w").close()
`,
    ],
    [
      'directories five thousand deep',
      `import os
for _ in range(5000):
    os.mkdir("d")
    os.chdir("d")
open("bottom", "w").close()
`,
    ],
    [
      'one file larger than may come back',
      `with open("large", "wb") as file:
    file.truncate(60 * 1024 * 1024)
`,
    ],
  ])('%s: the result is there in bounded time and memory', async (_, code) => {
    const before = process.memoryUsage.rss();
    const startedAtMs = performance.now();
    const limits = { runTimeoutMs: 20_000, scratchBytes: 64 * MEBIBYTE, artifactBytes: 8 * MEBIBYTE };
    const result = await suite.run(python(code, { limits }));
    expect(performance.now() - startedAtMs).toBeLessThan(BOUND_MS);
    expect(process.memoryUsage.rss() - before).toBeLessThan(GROWTH_BYTES);
    expect(result.status).toBe('ok');
    expect(result.artifacts.length).toBeLessThanOrEqual(1000);
    expect(result.omittedArtifacts.length).toBeGreaterThan(0);
  });
});
