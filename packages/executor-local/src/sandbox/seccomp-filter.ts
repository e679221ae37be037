import { DENIED_SYSTEM_CALLS, EXAMINED_SYSTEM_CALLS } from './denied-system-calls.ts';

/** `AUDIT_ARCH_*` of linux/audit.h, and the column of the processor in the tables. */
const PROCESSORS: Readonly<Record<string, { readonly audit: number; readonly column: 0 | 1 }>> = {
  x64: { audit: 0xc000_003e, column: 0 },
  arm64: { audit: 0xc000_00b7, column: 1 },
};

// Opcodes of linux/bpf_common.h, as far as they are needed.
const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_AT_LEAST = 0x35;
const JUMP_IF_ANY_BIT = 0x45;
const RETURN = 0x06;

const ALLOW = 0x7fff_0000;
const REFUSE_EPERM = 0x0005_0001;
const REFUSE_ENOSYS = 0x0005_0026;

// Offsets into struct seccomp_data: the call's number, the processor, the low halves of its first two arguments.
const NUMBER = 0;
const PROCESSOR = 4;
const FIRST_ARGUMENT = 16;
const SECOND_ARGUMENT = 24;

/** Numbers above this belong to x32, a second table of calls on the same processor. */
const X32_CALLS = 0x4000_0000;
/** `CLONE_NEW*` of linux/sched.h: mount, cgroup, uts, ipc, user, pid and network namespaces, and time. */
const NEW_NAMESPACES = 0x7e02_0080;
/** For `clone` the time bit has another meaning (part of the exit signal). */
const NEW_NAMESPACES_OF_CLONE = 0x7e02_0000;
/** `TIOCSTI` types into a terminal, `TIOCLINUX` pastes into a console. */
const TERMINAL_INJECTIONS = [0x5412, 0x541c];
/** `AF_ALG`, `AF_VSOCK`: the kernel's cryptography, and the machine below a virtual one. */
const SOCKET_FAMILIES = [38, 40];

type Target = 'next' | 'allow' | 'refuse' | 'unknown';
interface Instruction {
  /** How many instructions a comparison that fails leaves out, where it leads to no ending. */
  readonly skip?: number;
  readonly code: number;
  readonly operand: number;
  /** Where a comparison leads. Absent on a load. */
  readonly yes?: Target;
  readonly no?: Target;
}

/**
 * The filter for this machine's processor, as bubblewrap takes it: an array of `struct sock_filter`.
 * Null on a processor whose numbers are not known here; the sandbox then stands without one.
 *
 * @param processor as `process.arch` names it
 */
export function seccompFilter(processor: string = process.arch): Buffer | null {
  const known = PROCESSORS[processor];
  if (known === undefined) return null;
  return assemble([
    { code: LOAD_WORD, operand: PROCESSOR },
    // A program for another processor (32 bits) has other numbers: none of its calls is let through.
    { code: JUMP_IF_EQUAL, operand: known.audit, yes: 'next', no: 'unknown' },
    { code: LOAD_WORD, operand: NUMBER },
    { code: JUMP_IF_AT_LEAST, operand: X32_CALLS, yes: 'unknown', no: 'next' },
    ...Object.values(DENIED_SYSTEM_CALLS).flatMap((numbers): Instruction[] => {
      const number = numbers[known.column];
      return number === null ? [] : [{ code: JUMP_IF_EQUAL, operand: number, yes: 'refuse', no: 'next' }];
    }),
    // Its flags stand in memory, where a filter cannot look; C libraries then use clone, where it can.
    { code: JUMP_IF_EQUAL, operand: EXAMINED_SYSTEM_CALLS.clone3[known.column], yes: 'unknown', no: 'next' },
    ...examine(
      'clone',
      FIRST_ARGUMENT,
      [{ code: JUMP_IF_ANY_BIT, operand: NEW_NAMESPACES_OF_CLONE }],
      known.column,
    ),
    ...examine('unshare', FIRST_ARGUMENT, [{ code: JUMP_IF_ANY_BIT, operand: NEW_NAMESPACES }], known.column),
    ...examine('ioctl', SECOND_ARGUMENT, TERMINAL_INJECTIONS.map(equals), known.column),
    ...examine('socket', FIRST_ARGUMENT, SOCKET_FAMILIES.map(equals), known.column),
  ]);
}

function equals(operand: number): { code: number; operand: number } {
  return { code: JUMP_IF_EQUAL, operand };
}

/** Refuses a call when one of the tests on an argument holds, allows it otherwise. */
function examine(
  call: keyof typeof EXAMINED_SYSTEM_CALLS,
  argument: number,
  tests: readonly { readonly code: number; readonly operand: number }[],
  column: 0 | 1,
): Instruction[] {
  const block: Instruction[] = [
    { code: LOAD_WORD, operand: argument },
    ...tests.map((test, index): Instruction => ({
      ...test,
      yes: 'refuse',
      no: index === tests.length - 1 ? 'allow' : 'next',
    })),
  ];
  return [
    { code: JUMP_IF_EQUAL, operand: EXAMINED_SYSTEM_CALLS[call][column], yes: 'next', skip: block.length },
    ...block,
  ];
}

function assemble(instructions: readonly Instruction[]): Buffer {
  const endings = { allow: ALLOW, refuse: REFUSE_EPERM, unknown: REFUSE_ENOSYS } as const;
  const places = Object.fromEntries(
    Object.keys(endings).map((name, index) => [name, instructions.length + index]),
  );
  const program = instructions.map((instruction, index) => {
    const distance = (target: Target | undefined): number =>
      target === undefined || target === 'next' ? 0 : (places[target] ?? 0) - index - 1;
    return encode(
      instruction.code,
      distance(instruction.yes),
      instruction.skip ?? distance(instruction.no),
      instruction.operand,
    );
  });
  return Buffer.concat([...program, ...Object.values(endings).map((value) => encode(RETURN, 0, 0, value))]);
}

/** `struct sock_filter { __u16 code; __u8 jt; __u8 jf; __u32 k; }`, little-endian on both processors. */
function encode(code: number, ifTrue: number, ifFalse: number, operand: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(operand, 4);
  return bytes;
}
