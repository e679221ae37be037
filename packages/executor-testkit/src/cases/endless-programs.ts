import type { ExecutionRequest } from '@cloche/core/executor';
import { python } from './requests.ts';

/** Longer than any case waits, short enough that what a broken executor leaves behind ends by itself. */
const SLEEP_SECONDS = 90;

const PREAMBLE = `import os, signal, sys, time

# In one write, since whoever waits for it acts on its first byte.
def say():
    os.write(1, b"before\\n")

def say_and_sleep():
    say()
    sleep()

def sleep():
    until = time.monotonic() + ${SLEEP_SECONDS}
    while time.monotonic() < until:
        time.sleep(1)

def ignore_signals():
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)

`;

export type EndlessProgram = 'sleep' | 'busy-loop' | 'signals-ignored' | 'double-fork' | 'setsid';

/** Programs that print `before` and do not end by themselves, nor easily by others. */
export const ENDLESS_PROGRAMS: Readonly<Record<EndlessProgram, string>> = {
  sleep: `say_and_sleep()`,
  'busy-loop': `say()
until = time.monotonic() + ${SLEEP_SECONDS}
while time.monotonic() < until:
    pass`,
  'signals-ignored': `ignore_signals()
say_and_sleep()`,
  'double-fork': `if os.fork() == 0:
    if os.fork() == 0:
        ignore_signals()
        sleep()
    os._exit(0)
os.wait()
say_and_sleep()`,
  setsid: `if os.fork() == 0:
    os.setsid()
    ignore_signals()
    if os.fork() == 0:
        os.setsid()
        nothing = os.open("/dev/null", os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        sleep()
    sleep()
say_and_sleep()`,
};

export function endless(
  name: EndlessProgram,
  rest: Omit<ExecutionRequest, 'language' | 'code'> = {},
): ExecutionRequest {
  return python(`${PREAMBLE}${ENDLESS_PROGRAMS[name]}\n`, rest);
}

/** Prints some 30 MB a second. Not for ever: an executor that cannot be stopped must not fill the memory of this process. */
export function flood(rest: Omit<ExecutionRequest, 'language' | 'code'> = {}): ExecutionRequest {
  const code = `${PREAMBLE}until = time.monotonic() + 8
while time.monotonic() < until:
    os.write(1, b"flood\\n" * 10_000)
    time.sleep(0.002)
sleep()
`;
  return python(code, rest);
}

/** Ends at once with status `ok`, and leaves a process behind that has left the group and holds the output open. */
export function leavesProcessBehind(
  rest: Omit<ExecutionRequest, 'language' | 'code'> = {},
): ExecutionRequest {
  const code = `${PREAMBLE}if os.fork() == 0:
    os.setsid()
    ignore_signals()
    if os.fork() == 0:
        sleep()
    os._exit(0)
os.wait()
say()
`;
  return python(code, rest);
}

/** Keeps the compiler at work without end, in constant memory: the value of a constant is computed. */
export function endlessCompile(rest: Omit<ExecutionRequest, 'language' | 'code'> = {}): ExecutionRequest {
  // Many constants, each within what an older compiler computes for one; together they take the better part of an hour.
  const code = `#![allow(unknown_lints, long_running_const_eval)]

const fn count() -> u64 {
    let mut number = 0u64;
    while number < 400_000 {
        number += 1;
    }
    number
}

macro_rules! tenfold {
    () => { const _: u64 = count(); };
    ($one:tt $($more:tt)*) => {
        tenfold!($($more)*); tenfold!($($more)*); tenfold!($($more)*); tenfold!($($more)*); tenfold!($($more)*);
        tenfold!($($more)*); tenfold!($($more)*); tenfold!($($more)*); tenfold!($($more)*); tenfold!($($more)*);
    };
}
tenfold!(a b c d);

fn main() {
    println!("{}", count());
}
`;
  return { language: 'rust', code, ...rest };
}
