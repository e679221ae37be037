import type { Executor } from '@cloche/core/executor';
import { createPlan, outputText } from '@cloche/core/executor';
import { localExecutor } from '@cloche/executor-local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

  // Numbers of x86-64; on AArch64 the table of the filter itself is what differs, and this test does not run there.
  const x64 = process.arch === 'x64' ? test : test.skip;

  x64.each([
    ['ptrace', [101, 0, 0, 0, 0], 'EPERM'],
    ['process_vm_readv', [310, 1, 0, 0, 0, 0, 0], 'EPERM'],
    ['keyctl', [250, 0, 0, 0], 'EPERM'],
    ['bpf', [321, 0, 0, 0], 'EPERM'],
    ['io_uring_setup', [425, 1, 0], 'EPERM'],
    ['mount', [165, 0, 0, 0, 0, 0], 'EPERM'],
    ['setns', [308, 0, 0], 'EPERM'],
    ['unshare of a user namespace', [272, CLONE_NEWUSER], 'EPERM'],
    ['clone of a user namespace', [56, CLONE_NEWUSER + SIGCHLD, 0, 0, 0, 0], 'EPERM'],
    ['clone3, whose flags cannot be examined', [435, 0, 0], 'ENOSYS'],
    ['a call of the second table (x32)', [0x4000_0000 + 39], 'ENOSYS'],
    ['a socket to the machine below', [41, 40, 1, 0], 'EPERM'],
  ])('%s is refused', async (_, words, expected) => {
    expect(await call(...words)).toBe(expected);
  });

  x64.each([
    ['getpid', [39]],
    ['a Unix socket', [41, 1, 1, 0]],
    ['unshare of nothing', [272, 0]],
  ])('%s is allowed', async (_, words) => {
    expect(await call(...words)).toBe('allowed');
  });

  test('there is a filter for both processors, and none is made up for another', () => {
    expect(seccompFilter('x64')?.length).toBeGreaterThan(400);
    expect(seccompFilter('arm64')?.length).toBeGreaterThan(400);
    expect(seccompFilter('riscv64')).toBeNull();
  });
});
