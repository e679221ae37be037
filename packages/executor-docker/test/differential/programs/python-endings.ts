import type { Program } from '../program.ts';

/** Threads, tasks and the ways to end. */
export const PYTHON_ENDINGS: readonly Program[] = [
  {
    name: 'threads, also one that fails and one that outlives the main one',
    code: `import threading, time
print(threading.main_thread().name, threading.current_thread() is threading.main_thread(), threading.active_count(), threading.main_thread().ident == threading.get_ident())
def fail():
    raise LookupError('in a thread')
one = threading.Thread(target=fail, name='failing')
one.start()
one.join()
threading.Thread(target=lambda: (time.sleep(0.1), print('last'))).start()
print('main ends')
`,
    stdout: 'main ends\nlast',
    stderr: 'Exception in thread failing:',
  },
  {
    name: 'asyncio: tasks, a subprocess, a signal, an exception that nobody takes',
    code: `import asyncio, os, signal
async def fail():
    raise OSError('in a task')
async def main():
    loop = asyncio.get_running_loop()
    seen = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, seen.set)
    os.kill(os.getpid(), signal.SIGTERM)
    await seen.wait()
    child = await asyncio.create_subprocess_exec('cat', 'main.py', stdout=asyncio.subprocess.PIPE)
    print(len((await child.communicate())[0]), child.returncode, type(loop).__name__)
    await asyncio.gather(fail(), asyncio.sleep(0.01))
asyncio.run(main(), debug=False)
`,
    exitCode: 1,
    stderr: 'OSError: in a task',
  },
  {
    name: 'atexit, finalizers and the order of the end',
    code: `import atexit, sys, weakref
class Thing:
    def __del__(self):
        print('deleted', sys is not None, __name__)
kept = Thing()
weakref.finalize(kept, print, 'finalized')
atexit.register(print, 'at exit')
print('end')
`,
    stdout: /^end\nat exit\n|^end\nfinalized\n/,
  },
  { name: 'sys.exit with a number', code: `import sys\nsys.exit(42)\n`, exitCode: 42 },
  { name: 'sys.exit with a number above 128', code: `import sys\nsys.exit(137)\n`, exitCode: 137 },
  { name: 'sys.exit with a number above 255', code: `import sys\nsys.exit(259)\n`, exitCode: 3 },
  {
    name: 'sys.exit with a text',
    code: `import sys\nsys.exit('a reason')\n`,
    exitCode: 1,
    stderr: /^a reason\n$/,
  },
  {
    name: 'os._exit with output that was not flushed',
    code: `import os, sys\nsys.stdout = open(1, 'w', buffering=4096)\nprint('lost')\nos._exit(7)\n`,
    exitCode: 7,
    stdout: /^$/,
  },
  { name: 'os.abort', code: `import os\nos.abort()\n`, signal: 'SIGABRT' },
  {
    name: 'a crash that faulthandler reports',
    code: `import faulthandler, re, subprocess, sys
def crash():
    faulthandler._sigsegv()
if len(sys.argv) > 1:
    faulthandler.enable()
    crash()
child = subprocess.run([sys.executable, __file__, 'again'], capture_output=True, text=True)
print(child.returncode, re.sub('0x[0-9a-f]+', '', child.stderr), flush=True)
crash()
`,
    signal: 'SIGSEGV',
    stdout: /File "\/tmp\/cloche\/work\/main.py", line 3 in crash/,
  },
  {
    name: 'an excepthook, a displayhook and an unraisable exception',
    code: `import sys
sys.excepthook = lambda kind, error, trace: print('hook', kind.__name__, error, trace.tb_lineno, trace.tb_next)
class Bad:
    def __del__(self):
        raise RuntimeError('unraisable')
sys.unraisablehook = lambda event: print(event.exc_value)
Bad()
raise KeyError('last')
`,
    exitCode: 1,
    stdout: "hook KeyError 'last' 8 None",
  },
  {
    name: 'exec, eval and compile with names of files of their own',
    code: `exec(compile('def f():\\n    raise ValueError(__name__)\\n', 'made.py', 'exec'))
print(eval('__file__'))
f()
`,
    exitCode: 1,
    stderr: /File "made\.py", line 2, in f\nValueError: __main__/,
  },
  {
    name: 'output to both streams, much of it, and bytes that are no text',
    code: `import sys
for number in range(2000):
    print(number, 'x' * 50)
    print(number, file=sys.stderr)
sys.stdout.buffer.write(bytes(range(256)))
`,
    stdout: '1999 xxx',
  },
  {
    name: 'pdb and a breakpoint with stdin at its end',
    code: `breakpoint()\nprint('after')\n`,
    exitCode: 1,
    stdout: '/tmp/cloche/work/main.py(2)<module>()',
    stderr: 'bdb.BdbQuit',
  },
  {
    name: 'tracing of every line',
    code: `import sys
lines = []
def trace(frame, event, argument):
    if frame.f_code.co_filename == __file__:
        lines.append((event, frame.f_lineno, frame.f_code.co_name))
    return trace
def traced():
    x = 1
    return x
sys.settrace(trace)
traced()
sys.settrace(None)
print(lines)
`,
    stdout: "('return', 9, 'traced')",
  },
];
