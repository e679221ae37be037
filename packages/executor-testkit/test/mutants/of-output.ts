import type { ExecutionEvent } from '@cloche/core/executor';
import { EMPTY_OUTPUT } from '@cloche/core/executor';
import type { Mutant } from './mutant.ts';
import { inEveryLanguage } from './mutant.ts';
import {
  replaceStream,
  withBytes,
  withExecution,
  withKept,
  withPhases,
  withPlan,
  withStream,
} from './rewire.ts';

const NAME_CASES = [
  'spaces',
  'quotes',
  'command-substitution',
  'separators',
  'newline',
  'leading-dash',
  'leading-dashes',
  'chinese',
  'emoji',
  'combining',
  'wildcards',
  'tilde',
  'backslash',
  'percent',
  'two-dots',
  'at-sign',
  'control-characters',
  'longest-name',
  'longest-chinese-name',
].map((what) => `name-with-${what}`);

function isOutput(event: ExecutionEvent): boolean {
  return event.type === 'stdout' || event.type === 'stderr';
}

/** Executors that lose or change what a program prints. */
export const MUTANTS_OF_OUTPUT: readonly Mutant[] = [
  {
    id: 'drops-output',
    breaks: [
      ...inEveryLanguage('hello'),
      ...NAME_CASES,
      'output-before-an-abrupt-end',
      'output-cap-just-reached',
    ],
    wrap: withBytes((bytes, stream) => (stream === 'stdout' ? Buffer.alloc(0) : bytes)),
  },
  {
    id: 'drops-diagnostics',
    breaks: [
      ...inEveryLanguage('broken-source'),
      'compiler-warnings-are-kept',
      'device-stderr',
      'streams-are-separate',
    ],
    wrap: withBytes((bytes, stream) => (stream === 'stderr' ? Buffer.alloc(0) : bytes)),
  },
  {
    id: 'merges-the-streams',
    breaks: ['streams-are-separate', 'binary-output'],
    wrap: withPhases((phase) => ({
      ...phase,
      stdout: {
        ...phase.stdout,
        head: Buffer.concat([phase.stdout.head, phase.stderr.head]),
        byteCount: phase.stdout.byteCount + phase.stderr.byteCount,
      },
      stderr: EMPTY_OUTPUT,
    })),
  },
  {
    id: 'turns-lines-round',
    breaks: ['streams-keep-their-order', 'hundred-thousand-lines', 'hundred-thousand-writes'],
    wrap: withBytes((bytes) =>
      Buffer.from(bytes.toString('latin1').split('\n').toReversed().join('\n'), 'latin1'),
    ),
  },
  {
    id: 'prints-a-line-of-its-own',
    breaks: ['output-may-be-empty', 'work-directory-holds-the-inputs-alone'],
    wrap: withKept((output, stream) => {
      const head = Buffer.concat([Buffer.from(stream === 'stdout' ? 'starting\n' : ''), output.head]);
      return { ...output, head, byteCount: output.byteCount + head.length - output.head.length };
    }),
  },
  {
    id: 'decodes-output-as-text',
    breaks: ['binary-output', 'invalid-utf8-is-kept', 'split-character'],
    wrap: withBytes((bytes) => Buffer.from(bytes.toString())),
  },
  {
    id: 'ends-every-line',
    breaks: ['last-line-without-end'],
    wrap: withBytes((bytes) =>
      bytes.length === 0 || bytes.at(-1) === 10 ? bytes : Buffer.concat([bytes, Buffer.from('\n')]),
    ),
  },
  {
    id: 'loses-the-end',
    breaks: ['output-before-an-abrupt-end', 'hundred-thousand-lines', 'not-iterated', 'stdin-five-megabytes'],
    wrap: withKept((output) => {
      const head = output.head.slice(0, -10);
      return { ...output, head, byteCount: output.byteCount - 10 };
    }),
  },
  {
    id: 'loses-the-first-chunk',
    breaks: ['streamed-equals-kept', 'split-character', 'slow-consumer-gets-every-byte'],
    wrap: withExecution((inner) =>
      replaceStream(inner, inner.result, async function* () {
        let isFirst = true;
        for await (const event of inner) {
          if (isOutput(event) && isFirst) isFirst = false;
          else yield event;
        }
      }),
    ),
  },
  {
    id: 'holds-output-back',
    breaks: ['output-is-live'],
    wrap: withExecution((inner) =>
      replaceStream(inner, inner.result, async function* () {
        const events: ExecutionEvent[] = [];
        for await (const event of inner) events.push(event);
        yield* events;
      }),
    ),
  },
  {
    id: 'keeps-the-head-alone',
    breaks: [
      'output-cap-keeps-head-and-tail',
      'output-cap-of-a-compiler',
      'cancel-while-flooding',
      'leaving-the-loop-early',
    ],
    wrap: withKept((output) => ({ ...output, tail: new Uint8Array(0) })),
  },
  {
    id: 'counts-what-it-keeps',
    breaks: [
      'output-cap-keeps-head-and-tail',
      'output-cap-is-per-stream',
      'output-cap-zero',
      'timeout-while-flooding',
      'not-iterated',
    ],
    wrap: withKept((output) => ({ ...output, byteCount: output.head.length + output.tail.length })),
  },
  {
    id: 'calls-everything-truncated',
    breaks: ['output-cap-just-reached', 'output-cap-is-per-stream'],
    wrap: withKept((output) => ({ ...output, truncated: true })),
  },
  {
    id: 'streams-only-what-it-keeps',
    breaks: ['output-cap-bounds-no-stream', 'output-cap-zero'],
    wrap: withExecution((inner, plan) =>
      replaceStream(inner, inner.result, async function* () {
        let room = plan.limits.outputBytes;
        for await (const event of inner) {
          if (event.type !== 'stdout') {
            yield event;
          } else if (room > 0) {
            const data = event.data.subarray(0, room);
            room -= data.length;
            yield { ...event, data };
          }
        }
      }),
    ),
  },
  {
    id: 'loses-output-at-the-deadline',
    breaks: ['timeout-sleep', 'timeout-double-fork', 'cancel-while-stdin-waits'],
    wrap: withPhases((phase) => (phase.stoppedBy === null ? phase : { ...phase, stdout: EMPTY_OUTPUT })),
  },
  {
    id: 'gives-no-warnings-of-compilers',
    breaks: ['compiler-warnings-are-kept', 'output-lies-within-its-stage'],
    wrap: withStream({
      event: (event) =>
        (event.type === 'stdout' || event.type === 'stderr') && event.phase === 'compile' ? [] : [event],
    }),
  },
  {
    id: 'compiles-with-all-warnings-off',
    breaks: ['compiler-warnings-are-kept', 'output-cap-of-a-compiler'],
    wrap: withPlan((plan) =>
      plan.compile?.kind === 'command'
        ? { ...plan, compile: { kind: 'command', argv: [...plan.compile.argv, '-w'] } }
        : plan,
    ),
  },
];
