import type { Program } from '../program.ts';

/** How the interpreter was started, as a program sees it. */
export const PYTHON_START: readonly Program[] = [
  {
    name: 'arguments, orig_argv, executable, flags and options',
    code: `import sys
print(sys.argv, sys.orig_argv, sys.executable, sys.flags, sys._xoptions, sys.warnoptions)
`,
    stdout: "['main.py'] ['python3', 'main.py'] /usr/bin/python3",
  },
  {
    name: 'the frames and the call stack',
    code: `import inspect, sys, traceback
frame = sys._getframe()
print(frame.f_back, frame.f_code.co_name, frame.f_code.co_filename, frame.f_lineno, frame.f_trace)
print([(one.filename, one.lineno, one.function, one.code_context) for one in inspect.stack()])
traceback.print_stack(file=sys.stdout)
`,
    stdout: 'in <module>',
  },
  {
    name: '__main__, its names, its file, its loader and its spec',
    code: `import sys
main = sys.modules['__main__']
print(sorted(vars(main)))
print(__name__, __file__, __spec__, __package__, __doc__, __builtins__.__name__)
print(type(__loader__), __loader__.name, __loader__.path, __loader__.get_filename('__main__'))
print(len(__loader__.get_data(__file__)), __loader__.get_source('__main__'))
`,
    stdout: '__main__ /tmp/cloche/work/main.py None None None builtins',
  },
  {
    name: 'every loaded module and where it is from',
    code: `import sys
for name, module in sorted(sys.modules.items()):
    print(name, getattr(module, '__file__', None), getattr(module, '__cached__', None), getattr(module, '__spec__', None) is None)
print(sys.builtin_module_names == tuple(sorted(sys.builtin_module_names)), sys.meta_path)
`,
    stdout: '__main__ /tmp/cloche/work/main.py None True',
  },
  {
    name: 'the path, its hooks and the importers that were made',
    code: `import sys
print(sys.path, sys.prefix, sys.exec_prefix, sys.platlibdir, sys.pycache_prefix, sys.dont_write_bytecode)
print([getattr(hook, '__qualname__', hook) for hook in sys.path_hooks])
print(sorted((name, type(one).__name__) for name, one in sys.path_importer_cache.items()))
`,
    stdout: "['/tmp/cloche/work', ",
  },
  {
    name: 'the whole environment, in its order',
    code: `import os
print(list(os.environ.items()))
print(open('/proc/self/environ', 'rb').read())
`,
    stdout: "('HOME', '/tmp/cloche/home')",
  },
  {
    name: 'the working directory and what lies in it and in the home directory',
    code: `import os
print(os.getcwd(), os.readlink('/proc/self/cwd'), os.readlink('/proc/self/exe'), os.readlink('/proc/self/root'))
for directory, names, files in os.walk('/tmp/cloche'):
    for name in [*sorted(names), *sorted(files)]:
        status = os.lstat(os.path.join(directory, name))
        print(directory, name, oct(status.st_mode), status.st_uid, status.st_gid, status.st_size, status.st_nlink)
`,
    files: { 'notes.txt': 'a neighbour\n' },
    stdout: '/tmp/cloche/work main.py 0o100644 65534 65534',
  },
  {
    name: 'how the streams were opened, and that stdin is at its end',
    code: `import os, sys
for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(stream.name, stream.mode, stream.encoding, stream.errors, stream.line_buffering, stream.write_through,
          stream.newlines, stream.isatty(), stream.fileno(), type(stream.buffer).__name__)
print(repr(sys.stdin.read()), os.read(0, 10), os.readlink('/proc/self/fd/0'))
try:
    input('? ')
except EOFError as error:
    print(repr(error))
`,
    stdout: "'' b'' /dev/null",
  },
  {
    name: 'locale, encodings, hash randomisation and the garbage collector',
    code: `import gc, locale, sys
print(locale.getlocale(), locale.getpreferredencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
print(sys.getdefaultencoding(), sys.flags.hash_randomization, sys.getrecursionlimit(), sys.getswitchinterval())
print(gc.isenabled(), gc.get_threshold(), sys.gettrace(), sys.getprofile(), sys.getdlopenflags())
`,
    stdout: 'utf-8 surrogateescape',
  },
  {
    name: 'what a class and a function of the program say of themselves',
    code: `import pickle
class Point:
    def __init__(self, x):
        self.x = x
    def move(self):
        pass
print(Point, Point.__module__, Point.__qualname__, Point.move.__code__.co_filename, Point.move.__code__.co_firstlineno)
print(pickle.dumps(Point), pickle.loads(pickle.dumps(Point(3))).x)
`,
    stdout: "<class '__main__.Point'> __main__ Point /tmp/cloche/work/main.py 5",
  },
];
