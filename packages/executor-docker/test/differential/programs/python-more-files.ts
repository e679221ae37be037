import type { Program } from '../program.ts';

/** Further files, modules and interpreters. */
export const PYTHON_MORE_FILES: readonly Program[] = [
  {
    name: 'an import of a second file, its frames and its exception',
    code: `import sys, helper
print(helper.__file__, helper.__spec__.origin, helper.__cached__, helper.caller(), sorted(sys.path_importer_cache)[:3])
helper.fail()
`,
    files: {
      'helper.py': `import sys\ndef caller():\n    return sys._getframe(1).f_code.co_filename\ndef fail():\n    raise RuntimeError('from the helper')\n`,
    },
    exitCode: 1,
    stdout: '/tmp/cloche/work/helper.py',
    stderr: /main\.py", line 3.*helper\.py", line 5/s,
  },
  {
    name: 'a second file that imports the first under its own name',
    code: `print(__name__)\nif __name__ == '__main__':\n    import other\n    print(other.value, sorted(name for name in __import__('sys').modules if name in ('main', 'other')))\n`,
    files: { 'other.py': `import main\nvalue = main.__name__\n` },
    stdout: "__main__\nmain\nmain ['main', 'other']",
  },
  {
    name: 'files that shadow the standard library',
    code: `import random, sys\nprint(random.__file__, random.seed)\nimport site\nprint('sitecustomize' in sys.modules, 'usercustomize' in sys.modules)\n`,
    files: {
      'random.py': `seed = 'mine'\n`,
      'sitecustomize.py': `print('never')\n`,
      'usercustomize.py': `print('never')\n`,
      'encodings.py': `print('never')\n`,
      'site.py': `print('never')\n`,
    },
    stdout: '/tmp/cloche/work/random.py mine',
  },
  {
    name: 'a relative import, which the program has no package for',
    code: `from . import helper\n`,
    files: { 'helper.py': '' },
    exitCode: 1,
    stderr: 'ImportError: attempted relative import with no known parent package',
  },
  {
    name: 'a module that is missing, and one that is misspelt',
    code: `try:\n    import missing_module\nexcept ImportError as error:\n    print(repr(error), error.name, error.path)\nimport json\njson.dumb({})\n`,
    exitCode: 1,
    stdout: 'missing_module',
    stderr: "has no attribute 'dumb'",
  },
  {
    name: 'a package that it writes itself',
    code: `import importlib, os
os.makedirs('package/inner')
for name, text in {'__init__': 'from .inner import value', 'inner/__init__': 'from ..other import value', 'other': 'value = __package__'}.items():
    open(f'package/{name}.py', 'w').write(text)
importlib.invalidate_caches()
import package
print(package.value, package.__path__, package.inner.__name__)
`,
    stdout: 'package [',
  },
  {
    name: 'runpy of its own file and of a second one',
    code: `import runpy, sys
if __name__ == '__main__':
    print(sorted(runpy.run_path(__file__, run_name='again')), sys.argv)
    runpy.run_module('second', run_name='__main__', alter_sys=True)
`,
    files: { 'second.py': `import sys\nprint(__name__, __file__, sys.argv, __spec__.name)\n` },
    stdout: '__main__ /tmp/cloche/work/second.py',
  },
  {
    name: 'subprocesses of its own file, in its own interpreter and with stdin',
    code: `import subprocess, sys
if len(sys.argv) > 1:
    print(sys.argv, __file__, repr(sys.stdin.read()), flush=True)
    sys.exit(int(sys.argv[1]))
for argv, text in (([sys.executable, __file__, '3'], 'given'), (['python3', 'main.py', '0'], None)):
    print(subprocess.run(argv, input=text, text=True, capture_output=True))
print(subprocess.run('cat main.py | python3 - 5', shell=True, capture_output=True).returncode)
`,
    stdout: 'returncode=3',
  },
  {
    name: 'execv of its own file',
    code: `import os, sys\nprint(sys.argv, flush=True)\nif len(sys.argv) == 1:\n    os.execv(sys.executable, ['python3', 'main.py', 'again'])\nprint(os.path.getsize(__file__), os.listdir('.'))\n`,
    stdout: "['main.py', 'again']",
  },
  {
    name: 'multiprocessing by fork',
    code: `import multiprocessing, os
def square(value):
    return value * value, __name__, multiprocessing.current_process().name
if __name__ == '__main__':
    with multiprocessing.get_context('fork').Pool(2) as pool:
        print([row[:2] for row in pool.map(square, range(5))])
`,
    stdout: "(16, '__main__')",
  },
  {
    name: 'multiprocessing by spawn, which reads the text again',
    code: `import multiprocessing, sys
class Value:
    pass
def work(queue, value):
    queue.put((__name__, type(value).__module__, sys.argv, sys.modules['__main__'].__file__))
if __name__ == '__main__':
    context = multiprocessing.get_context('spawn')
    queue = context.Queue()
    child = context.Process(target=work, args=(queue, Value()))
    child.start()
    print(queue.get())
    child.join()
    print(child.exitcode)
`,
    stdout: "('__mp_main__', '__mp_main__', ",
  },
  {
    name: 'concurrent.futures in processes, and an exception that comes back',
    code: `from concurrent.futures import ProcessPoolExecutor
def fail(value):
    raise ValueError(f'bad {value}')
if __name__ == '__main__':
    with ProcessPoolExecutor(1) as pool:
        pool.submit(fail, 3).result()
`,
    exitCode: 1,
    stderr: /File "\/tmp\/cloche\/work\/main.py", line 3, in fail/,
  },
  {
    name: 'files that it makes, changes and makes executable',
    code: `import os\nopen('new.txt', 'w').write('new')\nopen('given.txt', 'a').write('more')\nos.chmod('run.sh', 0o755)\nos.mkdir('made')\nopen('made/in', 'w').close()\nos.symlink('new.txt', 'link')\n`,
    files: { 'given.txt': 'given', 'run.sh': 'exit 0\n', 'same.txt': 'same' },
  },
];
