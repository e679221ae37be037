import { describe, expect, test } from 'vitest';
import { attackSuite } from './support/attack-suite.ts';
import { python } from './support/docker-under-test.ts';

const suite = attackSuite();

/** Number on x86-64 and on arm64. All of them would succeed, or fail otherwise, without the profile. */
const REFUSED: Readonly<Record<string, readonly [x86: number, arm: number]>> = {
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  fsopen: [430, 430],
  move_mount: [429, 429],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  init_module: [175, 105],
  finit_module: [313, 273],
  kexec_load: [246, 104],
  reboot: [169, 142],
  swapon: [167, 224],
  syslog: [103, 116],
  settimeofday: [164, 170],
  sethostname: [170, 161],
  acct: [163, 89],
};
const COLUMN = { x64: 0, arm64: 1 }[process.arch as string] ?? null;
const EPERM = 1;

const CALL_EACH = `import ctypes, errno, json, sys
libc = ctypes.CDLL(None, use_errno=True)
answers = {}
for name, number in json.load(sys.stdin).items():
    ctypes.set_errno(0)
    value = libc.syscall(number, 0, 0, 0, 0, 0, 0)
    answers[name] = ctypes.get_errno() if value == -1 else 0
print(json.dumps(answers))
`;

describe('the profile of system calls', () => {
  test('refuses what a program could take the agent over with, or leave the container', async (context) => {
    context.skip(COLUMN === null, `the numbers of system calls on ${process.arch} are not in this test`);
    const numbers = Object.fromEntries(
      Object.entries(REFUSED).map(([name, columns]) => [name, columns[COLUMN ?? 0]]),
    );
    const stdin = JSON.stringify(numbers);
    const answers: unknown = JSON.parse(await suite.docker.print(python(CALL_EACH, { stdin })));
    expect(answers).toEqual(Object.fromEntries(Object.keys(REFUSED).map((name) => [name, EPERM])));
  });

  test('lets nobody attach to the agent, nor read what it holds by a call for it', async (context) => {
    context.skip(COLUMN !== 0, 'the numbers are those of x86-64');
    const code = `import ctypes, json
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(64)
class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
local = Vector(ctypes.addressof(buffer), 64)
start = int(open("/proc/1/maps").readline().split("-")[0], 16) if __import__("os").access("/proc/1/maps", 4) else 4096
remote = Vector(start, 64)
answers = []
for call in [(101, 16, 1, 0, 0), (101, 0x4206, 1, 0, 0), (310, 1, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)]:
    ctypes.set_errno(0)
    answers.append([libc.syscall(*call), ctypes.get_errno()])
print(json.dumps(answers))
`;
    const answers: unknown = JSON.parse(await suite.docker.print(python(code)));
    expect(answers).toEqual([
      [-1, EPERM],
      [-1, EPERM],
      [-1, EPERM],
    ]);
  });

  test('lets nobody make a namespace by clone, and sends clone3 back to it', async (context) => {
    context.skip(COLUMN !== 0, 'the numbers are those of x86-64');
    const code = `import ctypes, json, os
libc = ctypes.CDLL(None, use_errno=True)
answers = []
for flag in [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]:
    ctypes.set_errno(0)
    child = libc.syscall(56, flag | 17, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    answers.append([child, ctypes.get_errno()])
ctypes.set_errno(0)
answers.append([libc.syscall(435, 0, 0), ctypes.get_errno()])
print(json.dumps(answers))
`;
    const answers: unknown = JSON.parse(await suite.docker.print(python(code)));
    expect(answers).toEqual([...Array.from({ length: 7 }, () => [-1, EPERM]), [-1, 38]]);
  });
});
