import type { Executor } from '@cloche/core/executor';
import { createPlan, outputText } from '@cloche/core/executor';
import { localExecutor } from '@cloche/executor-local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DENIED_SYSTEM_CALLS, EXAMINED_SYSTEM_CALLS } from '../src/sandbox/denied-system-calls.ts';
import { seccompFilter } from '../src/sandbox/seccomp-filter.ts';
import { createTestHost } from './create-test-host.ts';

/** Makes one system call and prints the error's name, or `allowed`. */
const CALL = `
import ctypes, errno, sys
library = ctypes.CDLL(None, use_errno=True)
answer = library.syscall(*[int(word) for word in sys.argv[1:]])
print('allowed' if answer >= 0 else errno.errorcode[ctypes.get_errno()])
`;

const CLONE_NEWUSER = 0x1000_0000;
const SIGCHLD = 17;
const AF_UNIX = 1;
const AF_VSOCK = 40;
const SOCK_STREAM = 1;

/** This processor's column in the tables. */
const COLUMN = process.arch === 'arm64' ? 1 : 0;

function denied(name: string): number {
  return DENIED_SYSTEM_CALLS[name]?.[COLUMN] ?? Number.NaN;
}

function examined(name: keyof typeof EXAMINED_SYSTEM_CALLS): number {
  return EXAMINED_SYSTEM_CALLS[name][COLUMN];
}

describe('system calls in the sandbox', () => {
  let testHost: Awaited<ReturnType<typeof createTestHost>>;
  let executor: Executor;

  beforeAll(async () => {
    testHost = await createTestHost();
    executor = localExecutor.create({ sandbox: 'required' }, testHost.host);
  });

  afterAll(async () => {
    await executor[Symbol.asyncDispose]();
    await testHost.remove();
  });

  async function call(...words: number[]): Promise<string> {
    const plan = createPlan({ language: 'python', code: CALL, arguments: words.map(String) });
    const { run } = await executor.execute(plan, { signal: new AbortController().signal }).result;
    return run === null ? 'nothing' : (outputText(run.stdout) + outputText(run.stderr)).trim();
  }

  test.each([
    ['ptrace', [denied('ptrace'), 0, 0, 0, 0], 'EPERM'],
    ['process_vm_readv', [denied('process_vm_readv'), 1, 0, 0, 0, 0, 0], 'EPERM'],
    ['keyctl', [denied('keyctl'), 0, 0, 0], 'EPERM'],
    ['bpf', [denied('bpf'), 0, 0, 0], 'EPERM'],
    ['io_uring_setup', [denied('io_uring_setup'), 1, 0], 'EPERM'],
    ['mount', [denied('mount'), 0, 0, 0, 0, 0], 'EPERM'],
    ['setns', [denied('setns'), 0, 0], 'EPERM'],
    ['unshare of a user namespace', [examined('unshare'), CLONE_NEWUSER], 'EPERM'],
    ['clone of a user namespace', [examined('clone'), CLONE_NEWUSER + SIGCHLD, 0, 0, 0, 0], 'EPERM'],
    ['clone3, whose flags cannot be examined', [examined('clone3'), 0, 0], 'ENOSYS'],
    ['a call of the second table (x32)', [0x4000_0000 + 39], 'ENOSYS'],
    ['a socket to the machine below', [examined('socket'), AF_VSOCK, SOCK_STREAM, 0], 'EPERM'],
  ])('%s is refused', async (_, words, expected) => {
    expect(await call(...words)).toBe(expected);
  });

  test.each([
    ['a Unix socket', [examined('socket'), AF_UNIX, SOCK_STREAM, 0]],
    ['unshare of nothing', [examined('unshare'), 0]],
  ])('%s is allowed', async (_, words) => {
    expect(await call(...words)).toBe('allowed');
  });

  test('there is a filter for both processors, and none is made up for another', () => {
    expect(seccompFilter('x64')?.length).toBeGreaterThan(400);
    expect(seccompFilter('arm64')?.length).toBeGreaterThan(400);
    expect(seccompFilter('riscv64')).toBeNull();
  });
});
