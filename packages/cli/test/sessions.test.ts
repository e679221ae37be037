import { createExecutorHost, createRunner } from '@cloche/core';
import type { Runner } from '@cloche/core';
import type { ExecutionRequest, ExecutionResult } from '@cloche/core/executor';
import { EMPTY_OUTPUT, outputText } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { cliEnvironment } from './support/cli-process.ts';
import { temporaryDirectoryOfTest } from './support/temporary-directory.ts';
import { ENGINE_ENVIRONMENT, engineProblem, TEST_IMAGE } from './support/test-engine.ts';

const problem = await engineProblem();

function openRunner(): Runner {
  return createRunner({
    executors: {
      local: () => import('@cloche/executor-local'),
      docker: () => import('@cloche/executor-docker'),
    },
    config: {
      executorOptions: { docker: { host: ENGINE_ENVIRONMENT['CLOCHE_DOCKER_HOST'], image: TEST_IMAGE } },
    },
    host: createExecutorHost({ environment: cliEnvironment(temporaryDirectoryOfTest()) }),
  });
}

function stdoutOf(result: ExecutionResult): string {
  expect(result.status, outputText(result.run?.stderr ?? EMPTY_OUTPUT)).toBe('ok');
  return outputText(result.run?.stdout ?? EMPTY_OUTPUT);
}

const bash = (code: string): ExecutionRequest => ({ language: 'bash', code });

describe.each(['local', 'docker'])('a session on %s', (executor) => {
  test('carries a work directory through runs in five languages', async (context) => {
    context.skip(executor === 'docker' && problem !== null, problem ?? '');
    await using runner = openRunner();
    await using session = runner.openSession({ executor });
    const run = async (request: ExecutionRequest): Promise<string> =>
      stdoutOf(await session.execute(request).result);
    await run({
      ...bash(
        'mkdir -p deep/er; printf "\\0\\377" > deep/er/bytes; echo 1 > gone; echo echo tool > tool; chmod +x tool',
      ),
      files: [{ path: 'lib.h', content: '#define ANSWER 42' }],
    });
    expect(await run({ language: 'python', code: 'print(open("deep/er/bytes", "rb").read())' })).toBe(
      "b'\\x00\\xff'\n",
    );
    expect(
      await run({
        language: 'c',
        code: '#include <stdio.h>\n#include "lib.h"\nint main(void) { printf("%d\\n", ANSWER); return 0; }',
      }),
    ).toBe('42\n');
    await run({
      language: 'typescript',
      code: 'import { writeFileSync } from "node:fs"; writeFileSync("main.js", "old");',
    });
    expect(await run({ language: 'typescript', code: 'console.log("typed" as string);' })).toBe('typed\n');
    expect(
      await run({ language: 'javascript', code: 'require("node:fs").unlinkSync("gone"); console.log(1)' }),
    ).toBe('1\n');
    expect(
      await run(bash('bash ./tool; test -x tool && test ! -e gone && echo so; test -e lib.h && echo too')),
    ).toBe('tool\nso\ntoo\n');
  });

  test('is none the worse for a program that fails, is late, or leaves something behind', async (context) => {
    context.skip(executor === 'docker' && problem !== null, problem ?? '');
    await using runner = openRunner();
    await using session = runner.openSession({ executor });
    await session.execute(bash('echo first > file')).result;
    const failed = await session.execute(bash('echo second >> file; exit 3')).result;
    expect(failed.status).toBe('runtime_error');
    const late = await session.execute({
      ...bash('setsid sleep 60 & echo third >> file; sleep 60'),
      limits: { runTimeoutMs: 700 },
    }).result;
    expect(late.status).toBe('timeout');
    const last = await session.execute(
      bash('cat file; pgrep -x sleep || echo alone; echo > /tmp/x; ln -s file link'),
    ).result;
    expect(stdoutOf(last)).toBe('first\nsecond\nthird\nalone\n');
    expect(last.warnings.map(({ en }) => en).join(' ')).toContain('Not kept in the session: "link"');
    expect(stdoutOf(await session.execute(bash('ls /tmp link 2>/dev/null; echo end')).result)).not.toMatch(
      /\bx\b|link/u,
    );
  });
});
