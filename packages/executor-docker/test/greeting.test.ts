import { describe, expect, test } from 'vitest';
import type { Greeting } from '../src/container/greeting.ts';
import { isGreeting, readGreeting } from '../src/container/greeting.ts';

const MEBIBYTE = 1024 * 1024;
const OWN = { processCount: 2, scratchBytes: 64 * MEBIBYTE };
const WITH_SCRATCH = 'cgroup memory, counted together with the scratch space';
/** What each kernel says of a container's own state. */
const HARDENED = [
  'files 1024',
  'Uid: 65534 65534 65534 65534',
  'CapBnd: 0000000000000000',
  'CapEff: 0000000000000000',
  'NoNewPrivs: 1',
  'Seccomp: 2',
  'mount / overlay ro,relatime',
  'mount /tmp tmpfs rw,nosuid,nodev,size=65536k',
  'localhost 127.0.0.1',
  'ready bash',
];
const VERSION_1 = [`memory ${320 * MEBIBYTE}`, 'processes 66', 'processors 50000', 'period 100000'];
const VERSION_2 = [`memory ${320 * MEBIBYTE}`, 'processes 66', 'processors 50000 100000', 'period '];

function greetingOf(lines: readonly string[]): Greeting {
  return readGreeting([...lines, ...HARDENED], OWN);
}

describe('what a container found in force', () => {
  test.each([
    ['cgroup v1, no swap', [...VERSION_1, `swap ${320 * MEBIBYTE}`], 'enforced', WITH_SCRATCH],
    [
      'cgroup v1, swap',
      [...VERSION_1, `swap ${640 * MEBIBYTE}`],
      'best-effort',
      `${WITH_SCRATCH}, with swap beside it`,
    ],
    [
      'cgroup v1, swap without bound',
      [...VERSION_1, 'swap 9223372036854771712'],
      'best-effort',
      `${WITH_SCRATCH}, with swap beside it`,
    ],
    [
      'cgroup v1, swap not counted',
      [...VERSION_1, 'swap '],
      'enforced',
      `${WITH_SCRATCH}, swap not counted by this kernel`,
    ],
    ['cgroup v2, no swap', [...VERSION_2, 'swap 0'], 'enforced', WITH_SCRATCH],
    [
      'cgroup v2, swap',
      [...VERSION_2, `swap ${MEBIBYTE}`],
      'best-effort',
      `${WITH_SCRATCH}, with swap beside it`,
    ],
    [
      'cgroup v2, swap without bound',
      [...VERSION_2, 'swap max'],
      'best-effort',
      `${WITH_SCRATCH}, with swap beside it`,
    ],
    [
      'cgroup v2, swap not counted',
      [...VERSION_2, 'swap '],
      'enforced',
      `${WITH_SCRATCH}, swap not counted by this kernel`,
    ],
  ])('%s: memory', (_, lines, support, mechanism) => {
    const { limits } = greetingOf(lines);
    expect(limits.memory).toEqual({ support, value: 256 * MEBIBYTE, mechanism });
    expect(limits).toMatchObject({
      processes: { value: 64 },
      cpu: { value: 0.5 },
      scratch: { value: 64 * MEBIBYTE },
    });
  });

  test('gVisor, which shows no limit of memory: nothing is said to hold it', () => {
    const { limits } = greetingOf(['memory ', 'swap ', 'processes ', 'processors -1', 'period 100000']);
    const none = { support: 'unsupported', value: null, mechanism: null };
    expect(limits).toMatchObject({ memory: none, processes: none, cpu: none });
  });

  test('no line at all: nothing is known', () => {
    expect(readGreeting([], OWN)).toMatchObject({
      userId: null,
      isRootReadOnly: false,
      hasNoCapabilities: false,
    });
  });
});

describe('a greeting that was stored', () => {
  test('is known again', () => {
    for (const greeting of [greetingOf(VERSION_1), readGreeting([], OWN)]) {
      expect(isGreeting(JSON.parse(JSON.stringify(greeting)))).toBe(true);
    }
  });

  test.each([
    ['nothing', () => null],
    ['an empty object', () => ({})],
    [
      'a limit that is missing',
      ({ limits, ...rest }: Greeting) => ({ ...rest, limits: { ...limits, cpu: undefined } }),
    ],
    [
      'a support of another version',
      ({ limits, ...rest }: Greeting) => ({
        ...rest,
        limits: { ...limits, memory: { support: 'held', value: 1, mechanism: null } },
      }),
    ],
    ['a number as text', (greeting: Greeting) => ({ ...greeting, userId: '65534' })],
    ['a fact that is missing', (greeting: Greeting) => ({ ...greeting, hasLocalhost: undefined })],
  ])('with %s, is none', (_, damage) => {
    expect(isGreeting(damage(greetingOf(VERSION_2)))).toBe(false);
  });
});
