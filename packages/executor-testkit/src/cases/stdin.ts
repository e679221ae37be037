import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ExecutionEvent } from '@cloche/core/executor';
import type { CaseContext, Start } from '../case-context.ts';
import type { ConformanceGroup } from '../conformance-case.ts';
import { expectBytes, expectFailure, expectStatus, okText, runOf } from '../expectations.ts';
import { bash, python } from './requests.ts';

const FIVE_MEGABYTES = Buffer.alloc(5_000_000, 'a line of input, 你好\n');
const STREAM = { kind: 'stream' } as const;

/** Runs `check` on a program with streaming stdin; elsewhere the plan must be refused. */
async function withStream(
  context: CaseContext,
  code: string,
  check: (start: Start, answers: Answers) => Promise<void>,
): Promise<void> {
  const answers = new Answers();
  const start = context.start(python(code, { stdin: STREAM }), { onEvent: answers.take });
  if (context.capabilities.stdin.includes('stream')) {
    await check(start, answers);
    return;
  }
  const failure = await context.wait(expectFailure(start.observation, 'streaming stdin'), 'the refusal');
  assert.equal(failure.code, 'ERR_CAPABILITY_UNSUPPORTED');
}

/** What a program has said so far. */
class Answers {
  text = '';
  #wake: (() => void) | null = null;

  readonly take = (event: ExecutionEvent): void => {
    if (event.type === 'stdout') this.text += Buffer.from(event.data).toString();
    this.#wake?.();
  };

  async include(part: string): Promise<void> {
    while (!this.text.includes(part)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

export const STDIN_CASES: ConformanceGroup = {
  concept: 'stdin',
  cases: [
    {
      id: 'stdin-is-closed',
      title: 'gives the end of input at once where no stdin was given',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(python(`import sys\nprint(repr(sys.stdin.read()))\n`));
        assert.equal(okText(result), `''\n`);
      },
    },
    {
      id: 'stdin-may-be-empty',
      title: 'gives the end of input at once where stdin is empty',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(bash(`cat; echo end\n`, { stdin: '' }));
        assert.equal(okText(result), 'end\n');
      },
    },
    {
      id: 'stdin-five-megabytes',
      title: 'gives back 5 MB of stdin unchanged',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(
          bash(`cat\n`, { stdin: FIVE_MEGABYTES, limits: { outputBytes: 8_000_000 } }),
        );
        expectStatus(result, 'ok');
        expectBytes(runOf(result).stdout, FIVE_MEGABYTES, 'what came back');
      },
    },
    {
      id: 'stdin-never-read',
      title: 'ends well when the program never reads its 5 MB of stdin',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(bash(`echo 'not interested'\n`, { stdin: FIVE_MEGABYTES }));
        assert.equal(okText(result), 'not interested\n');
      },
    },
    {
      id: 'stdin-binary',
      title: 'passes all 256 byte values to the program',
      languages: ['python'],
      run: async (context) => {
        const stdin = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
        const { result } = await context.run(
          python(`import sys\nprint(list(sys.stdin.buffer.read()) == list(range(256)))\n`, { stdin }),
        );
        assert.equal(okText(result), 'True\n');
      },
    },
    {
      id: 'device-stdin',
      title: 'lets a program read /dev/stdin by its path',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(bash(`cat /dev/stdin\n`, { stdin: 'by path\n' }));
        assert.equal(okText(result), 'by path\n');
      },
    },
    {
      id: 'stdin-conversation',
      title: 'lets a caller write, read the answer, write again and close, where stdin streams',
      languages: ['python'],
      run: (context) =>
        withStream(
          context,
          `import sys
for line in iter(sys.stdin.readline, ""):
    print("heard", line.strip(), flush=True)
print("heard the end")
`,
          async ({ execution, observation }, answers) => {
            for (const word of ['one', 'zwei', '三']) {
              assert.equal(await context.wait(execution.write(Buffer.from(`${word}\n`)), 'the write'), true);
              if (context.capabilities.liveOutput)
                await context.wait(answers.include(`heard ${word}\n`), `the answer to ${word}`);
            }
            execution.closeStdin();
            execution.closeStdin();
            const { result } = await context.wait(observation, 'the result');
            assert.equal(okText(result), 'heard one\nheard zwei\nheard 三\nheard the end\n');
          },
        ),
    },
    {
      id: 'stdin-stream-is-lossless',
      title: 'loses nothing of 5 MB that are streamed to a slow reader',
      languages: ['python'],
      run: (context) =>
        withStream(
          context,
          `import hashlib, sys, time
digest = hashlib.sha256()
time.sleep(0.3)
for chunk in iter(lambda: sys.stdin.buffer.read(65536), b""):
    digest.update(chunk)
print(digest.hexdigest())
`,
          async ({ execution, observation }) => {
            for (let position = 0; position < FIVE_MEGABYTES.length; position += 100_000) {
              const isTaken = await context.wait(
                execution.write(FIVE_MEGABYTES.subarray(position, position + 100_000)),
                'the write',
              );
              assert.equal(isTaken, true);
            }
            execution.closeStdin();
            const { result } = await context.wait(observation, 'the result');
            assert.equal(okText(result).trim(), createHash('sha256').update(FIVE_MEGABYTES).digest('hex'));
          },
        ),
    },
    {
      id: 'stdin-write-after-the-end',
      title: 'answers false to a write after the program has ended',
      languages: ['python'],
      run: (context) =>
        withStream(context, `print("done")\n`, async ({ execution, observation }) => {
          const { result } = await context.wait(observation, 'the result');
          assert.equal(okText(result), 'done\n');
          assert.equal(await context.wait(execution.write(Buffer.from('too late')), 'the write'), false);
        }),
    },
    {
      id: 'stdin-closed-by-the-program',
      title: 'answers false when the program has closed its stdin and runs on',
      languages: ['python'],
      run: (context) =>
        withStream(
          context,
          `import os, time
os.close(0)
print("closed", flush=True)
time.sleep(3)
`,
          async ({ execution, observation }, answers) => {
            if (context.capabilities.liveOutput) await context.wait(answers.include('closed'), 'the closing');
            let isTaken = true;
            // What is in a buffer on the way may still be taken.
            for (let round = 0; isTaken && round < 200; round += 1) {
              isTaken = await context.wait(execution.write(Buffer.alloc(65_536)), 'the write');
            }
            assert.equal(isTaken, false, '13 MB were taken by a program that reads nothing');
            const { result } = await context.wait(observation, 'the result');
            assert.equal(okText(result), 'closed\n');
          },
        ),
    },
    {
      id: 'stdin-write-is-refused',
      title: 'refuses a write where stdin does not stream, and one after its close',
      languages: ['python'],
      run: async (context) => {
        const { execution, observation } = context.start(python(`import time\ntime.sleep(0.5)\n`));
        const failure = await context.wait(
          expectFailure(execution.write(Buffer.from('x')), 'a write to closed stdin'),
          'the refusal',
        );
        assert.equal(failure.code, 'ERR_REQUEST_INVALID');
        await context.wait(observation, 'the result');
        await withStream(context, `import sys, time\nsys.stdin.read()\ntime.sleep(0.5)\n`, async (start) => {
          start.execution.closeStdin();
          const late = await context.wait(
            expectFailure(start.execution.write(Buffer.from('x')), 'a write after the close'),
            'the refusal',
          );
          assert.equal(late.code, 'ERR_REQUEST_INVALID');
          expectStatus((await context.wait(start.observation, 'the result')).result, 'ok');
        });
      },
    },
  ],
};
