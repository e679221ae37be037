import assert from 'node:assert/strict';
import type { ConformanceGroup } from '../conformance-case.ts';
import { compileOf, expectBytes, expectStatus, runOf } from '../expectations.ts';
import { streamed } from '../observation.ts';
import { python } from './requests.ts';

/** Bytes whose position can be told from their value, in the program and here. */
function pattern(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 7 + Math.floor(index / 251)) % 251));
}

function printPattern(length: number, stream: 'stdout' | 'stderr' = 'stdout'): string {
  return `import sys\nsys.${stream}.buffer.write(bytes((index * 7 + index // 251) % 251 for index in range(${length})))\n`;
}

export const OUTPUT_CAP_CASES: ConformanceGroup = {
  concept: 'output cap',
  cases: [
    {
      id: 'output-cap-keeps-head-and-tail',
      title: 'keeps the first and the last half of the cap, and counts every byte',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(
          python(printPattern(100_000), { limits: { outputBytes: 2000 } }),
        );
        expectStatus(result, 'ok');
        const { head, tail, byteCount, truncated } = runOf(result).stdout;
        const whole = pattern(100_000);
        assert.ok(Buffer.from(head).equals(whole.subarray(0, 1000)), 'the head is not the first 1,000 bytes');
        assert.ok(Buffer.from(tail).equals(whole.subarray(-1000)), 'the tail is not the last 1,000 bytes');
        assert.deepEqual({ byteCount, truncated }, { byteCount: 100_000, truncated: true });
        expectBytes(runOf(result).stderr, Buffer.alloc(0), 'stderr');
      },
    },
    {
      id: 'output-cap-is-per-stream',
      title: 'has a cap of its own for each stream',
      languages: ['python'],
      run: async (context) => {
        const code = `${printPattern(1500)}sys.stdout.flush()\n${printPattern(3000, 'stderr')}`;
        const { result } = await context.run(python(code, { limits: { outputBytes: 2000 } }));
        expectStatus(result, 'ok');
        const { stdout, stderr } = runOf(result);
        if (!context.capabilities.separateStderr) {
          assert.deepEqual(
            { byteCount: stdout.byteCount, truncated: stdout.truncated },
            { byteCount: 4500, truncated: true },
          );
          return;
        }
        expectBytes(stdout, pattern(1500), 'stdout');
        assert.deepEqual(
          { byteCount: stderr.byteCount, truncated: stderr.truncated },
          { byteCount: 3000, truncated: true },
        );
      },
    },
    {
      id: 'output-cap-zero',
      title: 'keeps nothing under a cap of zero, and still counts',
      languages: ['python'],
      run: async (context) => {
        const { result, events } = await context.run(
          python(printPattern(5000), { limits: { outputBytes: 0 } }),
        );
        expectStatus(result, 'ok');
        const { head, tail, byteCount, truncated } = runOf(result).stdout;
        assert.deepEqual([head.length, tail.length, byteCount, truncated], [0, 0, 5000, true]);
        assert.equal(streamed(events, 'stdout').length, 5000);
      },
    },
    {
      id: 'output-cap-just-reached',
      title: 'leaves out nothing where the output is exactly as long as the cap',
      languages: ['python'],
      run: async (context) => {
        const { result } = await context.run(python(printPattern(4096), { limits: { outputBytes: 4096 } }));
        expectStatus(result, 'ok');
        expectBytes(runOf(result).stdout, pattern(4096), 'stdout');
      },
    },
    {
      id: 'output-cap-bounds-no-stream',
      title: 'streams every byte, however little the result keeps',
      languages: ['python'],
      run: async (context) => {
        const { result, events } = await context.run(
          python(printPattern(300_000), { limits: { outputBytes: 100 } }),
        );
        expectStatus(result, 'ok');
        assert.ok(
          streamed(events, 'stdout').equals(pattern(300_000)),
          'what streamed is not what the program wrote',
        );
        assert.equal(runOf(result).stdout.head.length + runOf(result).stdout.tail.length, 100);
      },
    },
    {
      id: 'output-cap-of-a-compiler',
      title: 'caps what a compiler prints as well',
      languages: ['c'],
      run: async (context) => {
        const code = `${'#warning once more\n'.repeat(200)}int main(void) { return 0; }\n`;
        const { result } = await context.run({ language: 'c', code, limits: { outputBytes: 1000 } });
        expectStatus(result, 'ok');
        const compile = compileOf(result);
        const output = context.capabilities.separateStderr ? compile.stderr : compile.stdout;
        assert.ok(output.byteCount > 2000 && output.truncated, 'the warnings were not cut');
        assert.deepEqual([output.head.length, output.tail.length], [500, 500]);
      },
    },
  ],
};
