import type { Program } from '../program.ts';

/** What the kernel knows of the process. */
export const PYTHON_PROCESS: readonly Program[] = [
  {
    name: 'its command line and its name',
    code: `print(open('/proc/self/cmdline').read().split('\\0'), open('/proc/self/comm').read())
`,
    stdout: "['python3', 'main.py', ''] python3",
  },
  {
    name: 'signal masks, capabilities, privileges and threads',
    code: `import re
for line in open('/proc/self/status'):
    if re.match('(Sig(Q|Pnd|Blk|Ign|Cgt)|Shd|Cap|NoNew|Seccomp|Uid|Gid|Groups|Threads|Umask|Cpus|Mems|State|FDSize|NS|Tracer|Speculation|CoreDumping)', line):
        print(re.sub('^(NS[a-z]+id|SigQ):.*', '\\\\1', line).strip())
`,
    stdout: /SigIgn:\t0000000001001000/,
  },
  {
    name: 'the handler of every signal',
    code: `import signal
for number in sorted(signal.Signals):
    handler = signal.getsignal(number)
    print(number.name, getattr(handler, 'name', None) or getattr(handler, '__name__', None))
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.getitimer(signal.ITIMER_REAL), signal.sigpending())
`,
    stdout: 'SIGINT default_int_handler',
  },
  {
    name: 'every open descriptor, its flags and its position',
    code: `import os, re
names = os.listdir('/proc/self/fd')
for name in sorted(names, key=int):
    try:
        target = os.readlink('/proc/self/fd/' + name)
    except FileNotFoundError:
        continue
    info = open('/proc/self/fdinfo/' + name).read()
    print(name, re.sub(r'\\d+\\]', ']', target), re.findall(r'(?:pos|flags):\\s*(\\d+)', info), os.get_inheritable(int(name)))
`,
    stdout: '0 /dev/null',
  },
  {
    name: 'limits, niceness, scheduling, umask and the score for lack of memory',
    code: `import os, resource
for name in sorted(dir(resource)):
    if name.startswith('RLIMIT_'):
        print(name, resource.getrlimit(getattr(resource, name)))
print(os.nice(0), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), sorted(os.sched_getaffinity(0)))
mask = os.umask(0)
print(oct(mask), open('/proc/self/oom_score_adj').read(), open('/proc/self/oom_adj').read(), open('/proc/self/coredump_filter').read())
print(open('/proc/self/cgroup').read().count('\\n'), open('/proc/self/timerslack_ns').read() if os.access('/proc/self/timerslack_ns', os.R_OK) else None)
print(open('/proc/self/personality').read() if os.access('/proc/self/personality', os.R_OK) else None, open('/proc/self/loginuid').read())
`,
    stdout: 'RLIMIT_NOFILE (1024, 1024)',
  },
  {
    name: 'its place among process groups, sessions, terminals and parents',
    code: `import os
own, parent = os.getpid(), os.getppid()
print(os.getpgrp() == own, os.getsid(0) == own, os.getsid(0), os.getpgid(parent) == parent, parent < own)
print(open(f'/proc/{parent}/stat').read().split()[3], os.getppid() == parent)
fields = open('/proc/self/stat').read().rsplit(')', 1)[1].split()
print(fields[0], fields[4:7], fields[15:18])
try:
    os.open('/dev/tty', os.O_RDWR)
except OSError as error:
    print(error)
`,
    stdout: /True False/,
  },
  {
    name: 'every process that it can see',
    code: `import os
for name in sorted((name for name in os.listdir('/proc') if name.isdigit()), key=int):
    command = open(f'/proc/{name}/cmdline').read().split('\\0')
    status = dict(line.split(':\\t', 1) for line in open(f'/proc/{name}/status'))
    print([word if len(word) < 200 else word[:200] for word in command], status['Name'].strip(), status['Threads'].strip(),
          status['SigIgn'].strip(), status['Uid'].strip())
`,
    stdout: "['python3', 'main.py', ''] python3 1",
  },
  {
    name: 'users, groups, host name and system',
    code: `import os, platform, getpass, socket
print(os.getresuid(), os.getresgid(), os.getgroups(), socket.gethostname(), os.uname(), platform.python_version(), os.cpu_count())
print(os.path.expanduser('~'), __import__('tempfile').gettempdir(), os.get_exec_path())
`,
    stdout: '(65534, 65534, 65534)',
  },
  {
    name: 'memory maps by their names',
    code: `import re
print(sorted({line.split(maxsplit=5)[5].strip() for line in open('/proc/self/maps') if len(line.split(maxsplit=5)) > 5}))
`,
    stdout: '[heap]',
  },
  { name: 'SIGTERM', code: `import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n`, signal: 'SIGTERM' },
  { name: 'SIGHUP', code: `import os, signal\nos.kill(os.getpid(), signal.SIGHUP)\n`, signal: 'SIGHUP' },
  { name: 'SIGKILL', code: `import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n`, signal: 'SIGKILL' },
  {
    name: 'SIGINT as KeyboardInterrupt, not caught',
    code: `import os, signal
def wait():
    os.kill(os.getpid(), signal.SIGINT)
    __import__('time').sleep(5)
wait()
`,
    signal: 'SIGINT',
    stderr: /, in wait\n.*\nKeyboardInterrupt/s,
  },
  {
    name: 'SIGINT as KeyboardInterrupt, caught, and at its default',
    code: `import os, signal
try:
    os.kill(os.getpid(), signal.SIGINT)
    __import__('time').sleep(5)
except KeyboardInterrupt:
    print('caught', flush=True)
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.kill(os.getpid(), signal.SIGINT)
print('not reached')
`,
    signal: 'SIGINT',
    stdout: /^caught\n$/,
  },
  {
    name: 'SIGPIPE at its default, and as an error',
    code: `import os, signal
reader, writer = os.pipe()
os.close(reader)
try:
    os.write(writer, b'x')
except BrokenPipeError as error:
    print(error, flush=True)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
os.write(writer, b'x')
`,
    signal: 'SIGPIPE',
    stdout: 'Broken pipe',
  },
  {
    name: 'a process that stops and goes on, and a signal for the whole group',
    code: `import os, signal, time
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
child = os.fork()
if child == 0:
    time.sleep(5)
    os._exit(3)
os.kill(child, signal.SIGSTOP)
print(os.WIFSTOPPED(os.waitpid(child, os.WUNTRACED)[1]))
os.kill(child, signal.SIGCONT)
signal.signal(signal.SIGUSR1, lambda number, frame: print(number, frame.f_code.co_name, flush=True))
os.killpg(os.getpgrp(), signal.SIGUSR1)
print(os.waitpid(child, 0)[1])
`,
    stdout: 'True',
  },
];
