import assert from 'node:assert/strict';
import { outputText } from '@cloche/core/executor';
import type { CaseContext } from '../case-context.ts';
import type { ConformanceGroup } from '../conformance-case.ts';
import {
  compileOf,
  diagnostics,
  expectBytes,
  expectList,
  expectStatus,
  okLines,
  okText,
  runOf,
} from '../expectations.ts';
import { streamed } from '../observation.ts';
import { bash, python } from './requests.ts';

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

async function expectStdout(context: CaseContext, code: string, expected: Uint8Array): Promise<void> {
  const { result, events } = await context.run(python(code));
  expectStatus(result, 'ok');
  expectBytes(runOf(result).stdout, expected, 'stdout of the result');
  assert.ok(streamed(events, 'stdout').equals(expected), 'what streamed is not what the program wrote');
}

export const STREAM_CASES: ConformanceGroup = {
  concept: 'streams',
  cases: [
    {
      id: 'streams-are-separate',
      title: 'keeps stdout and stderr apart, or says that it cannot',
      languages: ['bash'],
      run: async (context) => {
        const { result, events } = await context.run(
          bash(`echo out; echo err >&2; echo out again; echo err again >&2\n`),
        );
        expectStatus(result, 'ok');
        const { stdout, stderr } = runOf(result);
        if (!context.capabilities.separateStderr) {
          const lines = outputText(stdout).trim().split('\n').toSorted();
          assert.deepEqual(lines, ['err', 'err again', 'out', 'out again']);
          assert.equal(stderr.byteCount, 0, 'what has come through stdout comes through stderr as well');
          return;
        }
        assert.equal(outputText(stdout), 'out\nout again\n');
        assert.equal(outputText(stderr), 'err\nerr again\n');
        assert.equal(streamed(events, 'stdout').toString(), 'out\nout again\n');
        assert.equal(streamed(events, 'stderr').toString(), 'err\nerr again\n');
      },
    },
    {
      id: 'streams-keep-their-order',
      title: 'keeps each stream in order while both are written in turn',
      languages: ['python'],
      run: async (context) => {
        const code = `import sys
for number in range(3000):
    print("out", number)
    print("err", number, file=sys.stderr)
`;
        const { result } = await context.run(python(code));
        expectStatus(result, 'ok');
        const lines = `${outputText(runOf(result).stdout)}${outputText(runOf(result).stderr)}`
          .trim()
          .split('\n');
        for (const name of ['out', 'err']) {
          const numbers = lines.filter((line) => line.startsWith(name)).map((line) => Number(line.slice(4)));
          expectList(
            numbers,
            Array.from({ length: 3000 }, (_, number) => number),
            `the lines of std${name}`,
          );
        }
      },
    },
    {
      id: 'output-may-be-empty',
      title: 'reports no output as nothing, not as missing',
      languages: ['bash'],
      run: async (context) => {
        const { result, events } = await context.run(bash(`true\n`));
        expectStatus(result, 'ok');
        expectBytes(runOf(result).stdout, Buffer.alloc(0), 'stdout');
        expectBytes(runOf(result).stderr, Buffer.alloc(0), 'stderr');
        assert.ok(
          !events.some(({ type }) => type === 'stdout' || type === 'stderr'),
          'an output event without output',
        );
      },
    },
    {
      id: 'binary-output',
      title: 'passes on all 256 byte values unchanged, on both streams',
      languages: ['python'],
      run: async (context) => {
        const code = `import sys
sys.stdout.buffer.write(bytes(range(256)))
sys.stdout.flush()
sys.stderr.buffer.write(bytes(reversed(range(256))))
`;
        const { result } = await context.run(python(code));
        expectStatus(result, 'ok');
        if (!context.capabilities.separateStderr) {
          assert.equal(runOf(result).stdout.byteCount, 512);
          assert.deepEqual(
            Buffer.from(runOf(result).stdout.head).toSorted(),
            Buffer.concat([ALL_BYTES, ALL_BYTES]).toSorted(),
          );
          return;
        }
        expectBytes(runOf(result).stdout, ALL_BYTES, 'stdout');
        expectBytes(runOf(result).stderr, ALL_BYTES.toReversed(), 'stderr');
      },
    },
    {
      id: 'invalid-utf8-is-kept',
      title: 'keeps invalid UTF-8 as it is',
      languages: ['python'],
      run: (context) =>
        expectStdout(
          context,
          `import sys\nsys.stdout.buffer.write(b"a\\xff\\xfeb\\xc3(\\xe4\\xbd c")\n`,
          Buffer.from([0x61, 0xff, 0xfe, 0x62, 0xc3, 0x28, 0xe4, 0xbd, 0x20, 0x63]),
        ),
    },
    {
      id: 'split-character',
      title: 'keeps a character whole whose bytes are written one by one',
      languages: ['python'],
      run: (context) =>
        expectStdout(
          context,
          `import sys, time
for byte in "你🔔".encode():
    sys.stdout.buffer.write(bytes([byte]))
    sys.stdout.flush()
    time.sleep(0.05)
`,
          Buffer.from('你🔔'),
        ),
    },
    {
      id: 'hundred-thousand-lines',
      title: 'passes on 100,000 lines',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(
          python(`print("\\n".join(f"line {number}" for number in range(100_000)))\n`, {
            limits: { outputBytes: 4_000_000 },
          }),
        );
        const lines = okLines(result);
        assert.equal(lines.length, 100_000);
        assert.equal(lines.at(-1), 'line 99999');
        assert.equal(lines[50_000], 'line 50000');
      },
    },
    {
      id: 'hundred-thousand-writes',
      title: 'loses nothing of 100,000 small writes',
      languages: ['python'],
      run: async (context) => {
        const code = `import os
for number in range(100_000):
    os.write(1, b"%d\\n" % number)
`;
        const { result } = await context.run(python(code));
        const expected = Array.from({ length: 100_000 }, (_, number) => String(number));
        expectList(okLines(result), expected, 'stdout');
      },
    },
    {
      id: 'last-line-without-end',
      title: 'keeps a last line that has no end, and adds none',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(bash(`printf 'one\\ntwo'\n`));
        assert.equal(okText(result), 'one\ntwo');
      },
    },
    {
      id: 'output-before-an-abrupt-end',
      title: 'keeps all output of a program that ends abruptly after it',
      languages: ['python'],
      run: async (context) => {
        const code = `import os
data = b"x" * 900_000 + b"end"
while data:
    data = data[os.write(1, data):]
os._exit(0)
`;
        const { result } = await context.run(python(code));
        const text = okText(result);
        assert.equal(text.length, 900_003);
        assert.ok(text.endsWith('xend'));
      },
    },
    {
      id: 'device-stdout',
      title: 'lets a program write to /dev/stdout by its path',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(
          bash(`echo first; echo second > /dev/stdout; echo third | tee /dev/stdout\n`),
        );
        assert.deepEqual(
          okLines(result).toSorted(),
          ['first', 'second', 'third', 'third'],
          outputText(runOf(result).stderr),
        );
      },
    },
    {
      id: 'device-stderr',
      title: 'lets a program write to /dev/stderr by its path',
      languages: ['bash'],
      run: async (context) => {
        const { result } = await context.run(bash(`echo problem > /dev/stderr\n`));
        expectStatus(result, 'ok');
        assert.equal(diagnostics(runOf(result), context.capabilities), 'problem\n');
      },
    },
    {
      id: 'output-is-live',
      title: 'hands output on while the program runs, where it says so',
      languages: ['python'],
      run: async (context) => {
        let firstAt: number | null = null;
        const onEvent = (event: { readonly type: string }): void => {
          if (event.type === 'stdout') firstAt ??= performance.now();
        };
        const { result } = await context.run(
          python(`import time\nprint("first")\ntime.sleep(1.5)\nprint("second")\n`),
          { onEvent },
        );
        const endedAt = performance.now();
        assert.equal(okText(result), 'first\nsecond\n');
        if (!context.capabilities.liveOutput) return;
        assert.ok(
          firstAt !== null && endedAt - firstAt > 1000,
          'the first line came with the second, not when it was printed',
        );
      },
    },
    {
      id: 'compiler-warnings-are-kept',
      title: 'keeps the warnings of a compiler that succeeded',
      languages: ['c'],
      run: async (context) => {
        const code = `#warning careful there\n#include <stdio.h>\nint main(void) { puts("ran"); return 0; }\n`;
        const { result, events } = await context.run({ language: 'c', code });
        assert.equal(okText(result), 'ran\n');
        assert.match(diagnostics(compileOf(result), context.capabilities), /careful there/u);
        const live = streamed(events, context.capabilities.separateStderr ? 'stderr' : 'stdout', 'compile');
        assert.match(live.toString(), /careful there/u, 'the warning did not stream');
      },
    },
  ],
};
