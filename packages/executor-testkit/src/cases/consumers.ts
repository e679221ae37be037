import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionEvent } from '@cloche/core/executor';
import { outputText } from '@cloche/core/executor';
import type { ConformanceGroup } from '../conformance-case.ts';
import { expectFailure, expectStatus, okText, runOf } from '../expectations.ts';
import { bash, python } from './requests.ts';

const MEBIBYTE = 1024 * 1024;
const TEN_MEGABYTES = `import os\nfor _ in range(160):\n    data = b"0123456789abcdef" * 4096\n    while data:\n        data = data[os.write(1, data):]\n`;

export const CONSUMER_CASES: ConformanceGroup = {
  concept: 'consumers',
  cases: [
    {
      id: 'not-iterated',
      title: 'completes with 10 MB of output though nobody iterates',
      languages: ['python'],
      run: async (context) => {
        const execution = context.execute(context.plan(python(TEN_MEGABYTES)));
        const result = await context.wait(execution.result, 'the result');
        expectStatus(result, 'ok');
        assert.equal(runOf(result).stdout.byteCount, 160 * 65_536);
      },
    },
    {
      id: 'slow-consumer-gets-every-byte',
      title: 'loses no byte on a slow consumer',
      languages: ['python'],
      run: async (context) => {
        const execution = context.execute(context.plan(python(TEN_MEGABYTES)));
        const hash = createHash('sha256');
        let count = 0;
        const consume = async (): Promise<void> => {
          for await (const event of execution) {
            if (event.type !== 'stdout') continue;
            hash.update(event.data);
            count += event.data.length;
            if (count < MEBIBYTE) await delay(10);
          }
        };
        await context.wait(consume(), 'the end of the stream');
        const expected = createHash('sha256')
          .update(Buffer.alloc(160 * 65_536, '0123456789abcdef'))
          .digest('hex');
        assert.deepEqual([count, hash.digest('hex')], [160 * 65_536, expected]);
        expectStatus(await context.wait(execution.result, 'the result'), 'ok');
      },
    },
    {
      id: 'slow-consumer-slows-the-program',
      title: 'lets a program wait while its consumer does not read, where output is live',
      languages: ['python'],
      run: async (context) => {
        const code = `import os, sys, time
started = time.monotonic()
for _ in range(512):
    data = b"0123456789abcdef" * 4096
    while data:
        data = data[os.write(1, data):]
print(time.monotonic() - started, file=sys.stderr)
`;
        const execution = context.execute(context.plan(python(code)));
        let count = 0;
        const consume = async (): Promise<void> => {
          for await (const event of execution) {
            if (event.type !== 'stdout') continue;
            if (count === 0) await delay(2000);
            count += event.data.length;
          }
        };
        await context.wait(consume(), 'the end of the stream');
        const result = await context.wait(execution.result, 'the result');
        expectStatus(result, 'ok');
        assert.ok(count >= 512 * 65_536, 'bytes were lost');
        if (!context.capabilities.liveOutput || !context.capabilities.separateStderr) return;
        const seconds = Number(outputText(runOf(result).stderr));
        assert.ok(
          seconds > 1.5,
          `32 MiB were written in ${seconds} s while nobody read for 2 s: they pile up in memory`,
        );
      },
    },
    {
      id: 'leaving-the-loop-early',
      title: 'runs on to its result when the consumer leaves the loop',
      languages: ['python'],
      run: async (context) => {
        const execution = context.execute(context.plan(python(`${TEN_MEGABYTES}os.write(1, b"end")\n`)));
        const leave = async (): Promise<void> => {
          for await (const event of execution) if (event.type === 'stdout') break;
        };
        await context.wait(leave(), 'the first output');
        const result = await context.wait(execution.result, 'the result');
        expectStatus(result, 'ok');
        assert.equal(Buffer.from(runOf(result).stdout.tail).subarray(-3).toString(), 'end');
      },
    },
    {
      id: 'second-iterator-is-refused',
      title: 'refuses a second consumer, and one that comes too late',
      languages: ['bash'],
      run: async (context) => {
        const iterate = (execution: AsyncIterable<ExecutionEvent>) => async (): Promise<void> => {
          for await (const event of execution) assert.notEqual(event, undefined);
        };
        const first = context.execute(context.plan(bash(`echo one\n`)));
        const reading = iterate(first)();
        const second = await context.wait(
          expectFailure(iterate(first)(), 'a second consumer'),
          'the refusal',
        );
        assert.equal(second.code, 'ERR_REQUEST_INVALID');
        await context.wait(reading, 'the end of the stream');
        const unread = context.execute(context.plan(bash(`echo two\n`)));
        assert.equal(okText(await context.wait(unread.result, 'the result')), 'two\n');
        const late = await context.wait(
          expectFailure(iterate(unread)(), 'a consumer that comes too late'),
          'the refusal',
        );
        assert.equal(late.code, 'ERR_REQUEST_INVALID');
      },
    },
  ],
};
