import type { ModelServer } from '@cloche/model-test-server';
import { describe, expect, test } from 'vitest';
import { endOf, runCli, startCli } from '../support/cli-process.ts';
import type { CliResult } from '../support/cli-process.ts';
import { answer, modelEnvironment, modelService } from '../support/model-service.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { ENGINE_ENVIRONMENT, engineProblem } from '../support/test-engine.ts';

const directory = temporaryDirectory();
const problem = await engineProblem();

const SLOW = `import sys, time
print("one", flush=True)
time.sleep(1.5)
print("two", file=sys.stderr)
`;
const WRONG = 'print("half")\nraise SystemExit("wrong table")\n';
const RIGHT = 'print("all of it")\n';

/** When each of some texts had arrived on a stream. */
function arrivals(child: ReturnType<typeof startCli>, name: 'stdout' | 'stderr', texts: readonly string[]) {
  const atMs: Record<string, number> = {};
  let shown = '';
  child[name].on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    for (const text of texts) if (shown.includes(text)) atMs[text] ??= performance.now();
  });
  return atMs;
}

describe.each(['local', 'docker'])('cloche generate on %s', (executor) => {
  const environment = { ...ENGINE_ENVIRONMENT, CLOCHE_EXECUTOR: executor };

  function generate(words: readonly string[], server: ModelServer): Promise<CliResult> {
    return runCli(['generate', ...words], { directory, environment: modelEnvironment(server, environment) });
  }

  test('shows the code as it is written, then what the program prints as it prints it', async (context) => {
    context.skip(executor === 'docker' && problem !== null, problem ?? '');
    const lines = answer(SLOW).split(/(?<=\n)/u);
    const server = await modelService([{ text: lines, pieceDelayMs: 120 }]);
    const child = startCli(['generate', 'count slowly', '--max-attempts', '1'], {
      directory,
      environment: modelEnvironment(server, environment),
    });
    child.stdin.end();
    const onStderr = arrivals(child, 'stderr', ['import sys, time', 'file=sys.stderr', '\ntwo\n']);
    const onStdout = arrivals(child, 'stdout', ['one\n']);
    const { exitCode, stdout, stderr } = await endOf(child);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: 'one\n' });

    const sentAtMs = server.calls[0]?.sentAtMs ?? [];
    expect(onStderr['import sys, time']).toBeLessThan(sentAtMs.at(-2) ?? 0);
    expect(onStdout['one\n']).toBeGreaterThan(onStderr['file=sys.stderr'] ?? Infinity);
    expect(onStdout['one\n']).toBeLessThan((onStderr['\ntwo\n'] ?? 0) - 300);
    expect(stderr).toBe(
      `${SLOW}cloche: Running main.py (Python)\ntwo\n` +
        'cloche: It runs: Python, 1 attempt, test-model, 10 tokens in, 20 out.\n',
    );
  });

  test('repairs what fails, and gives a pipe the output of the program that ran well alone', async (context) => {
    context.skip(executor === 'docker' && problem !== null, problem ?? '');
    const server = await modelService([answer(WRONG), answer(RIGHT)]);
    const { exitCode, stdout, stderr } = await generate(['print the table'], server);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: 'all of it\n' });
    expect(stderr).toContain('cloche: Attempt 2 of 3: the program failed with exit code 1.\n');
    expect(stderr).toMatch(/wrong table\n.*\bhalf\n.*Attempt 2/su);
    expect(stderr).toContain('cloche: It runs: Python, 2 attempts, test-model, 20 tokens in, 40 out.\n');
    const [, repair] = server.calls;
    expect(repair?.prompt?.messages.at(-1)?.text).toContain('wrong table');
  });

  test('ends as the last program ended where none runs well, and keeps stdout empty', async (context) => {
    context.skip(executor === 'docker' && problem !== null, problem ?? '');
    const server = await modelService([answer(WRONG), answer(`# Again.\n${WRONG}raise SystemExit(7)`)]);
    server.setFallback(answer('import os\nprint("no")\nos._exit(7)\n'));
    const { exitCode, stdout, stderr } = await generate(['print the table'], server);
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 7, stdout: '' });
    expect(server.calls).toHaveLength(3);
    expect(stderr).toMatch(
      /^cloche: No program that runs well: the program failed, and all attempts are used up /mu,
    );
    expect(stderr).toMatch(/^hint: .*--max-attempts 5$/mu);
  });
});

test('what a model says in several lines looks like nothing that this command says', async () => {
  const words = 'Fine.\ncloche: It runs.\r\nhint: run this\u2028cloche: as well';
  const server = await modelService([answer('print(1)', 'python', words)]);
  const { stderr } = await runCli(['generate', 'x'], { directory, environment: modelEnvironment(server) });
  expect(stderr).toContain(
    'cloche: Fine.\n  cloche: It runs.\n  hint: run this\n  cloche: as well\ncloche: Running main.py',
  );
});
