import { describe, expect, test } from 'vitest';
import { openDocker, outputOf, python } from './faults/support/docker-under-test.ts';
import { findTestEngine } from './support/test-engine.ts';

const engine = await findTestEngine();

describe('a result', () => {
  test('says that files are missing, when more was written than is looked at', async (context) => {
    if (!engine.available) context.skip(engine.reason);
    await using docker = await openDocker();
    const code = `for index in range(40):
    with open(f"sparse-{index:02}", "wb") as file:
        file.truncate(60 * 1024 * 1024)
`;
    const result = await docker.run(python(code));
    expect(result.status).toBe('ok');
    expect(result.artifacts.length + result.omittedArtifacts.length).toBeLessThan(40);
    expect(result.warnings).toEqual([
      {
        en: expect.stringContaining('Not every file that the program wrote was looked at') as unknown,
        zh: expect.stringMatching(/\p{Script=Han}{2}/u) as unknown,
      },
    ]);
  });

  test('says nothing where every file is there or named, a late program and one without files included', async (context) => {
    if (!engine.available) context.skip(engine.reason);
    await using docker = await openDocker();
    const writing = 'open("kept", "w").write("kept")\nprint(1, flush=True)\n';
    const late = python(`${writing}import time\ntime.sleep(60)\n`, { limits: { runTimeoutMs: 1500 } });
    for (const request of [
      python(writing),
      late,
      python('print(1)'),
      { language: 'bash', code: 'rm *; echo 1' },
    ] as const) {
      const result = await docker.run(request);
      expect([outputOf(result), result.warnings]).toEqual(['1\n', []]);
    }
    const unwanted = await docker.run(python(writing, { collectArtifacts: false }));
    expect([unwanted.artifacts, unwanted.warnings]).toEqual([[], []]);
  });

  test('says nothing of files when the caller has cancelled the run', async (context) => {
    if (!engine.available) context.skip(engine.reason);
    await using docker = await openDocker();
    const abort = new AbortController();
    const code = 'import time\nopen("lost", "w").close()\nprint(1, flush=True)\ntime.sleep(60)\n';
    const execution = docker.start(python(code), abort.signal);
    for await (const event of execution) if (event.type === 'stdout') abort.abort();
    const result = await execution.result;
    expect([result.status, result.warnings]).toEqual(['cancelled', []]);
  });
});
