import type { Program } from '../program.ts';

const ENCODER = new TextEncoder();
const LONGEST_TEXT_BYTES = 60_000;

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function padded(code: string, bytes: number): string {
  const rest = bytes - ENCODER.encode(code).length;
  return `${code}${'# filler\n'.repeat(Math.floor(rest / 9))}${'#'.repeat(rest % 9)}`;
}

/** How the text is read, shown and read again. */
export const PYTHON_SOURCE: readonly Program[] = [
  {
    name: 'an uncaught exception with the lines of its source',
    code: `def divide(one, other):
    return (one
            / other)

def begin():
    divide(1,
           0)

begin()
`,
    exitCode: 1,
    stderr: 'ZeroDivisionError: division by zero',
  },
  {
    name: 'a chain of exceptions, a note and a group',
    code: `try:
    try:
        {}['missing']
    except KeyError as error:
        raise ValueError('second') from error
except ValueError as error:
    error.add_note('a note')
    raise ExceptionGroup('group', [error, TypeError('other')])
`,
    exitCode: 1,
    stderr: '| a note',
  },
  {
    name: 'a SyntaxError in the middle of the text',
    code: `print('never')\nvalue = (1 +\nother = 2\n`,
    exitCode: 1,
    stderr: /File "\/tmp\/cloche\/work\/main.py", line 2\n.*SyntaxError: /s,
  },
  { name: 'an IndentationError', code: `if True:\nprint(1)\n`, exitCode: 1, stderr: 'IndentationError' },
  { name: 'a TabError', code: `if True:\n        a = 1\n\tb = 2\n`, exitCode: 1, stderr: 'TabError' },
  {
    name: 'a string without an end in the last line',
    code: `a = 1\nb = '''\nnever ends`,
    exitCode: 1,
    stderr: 'unterminated triple-quoted string',
  },
  {
    name: 'a SyntaxWarning with its line',
    code: `x = 1\nprint(x is 1)\nimport warnings\nwarnings.warn('told')\n`,
    stdout: 'True',
    stderr: /SyntaxWarning.*\n.*UserWarning: told\n +warnings.warn/s,
  },
  {
    name: 'recursion without end',
    code: `def deeper(level):\n    return deeper(level + 1)\ndeeper(0)\n`,
    exitCode: 1,
    stderr: 'RecursionError: maximum recursion depth exceeded',
  },
  {
    name: 'the file of its own text: bytes, type, mode, size, links',
    code: `import os, stat
status = os.stat(__file__)
print(stat.filemode(status.st_mode), status.st_size, status.st_nlink, status.st_uid, os.path.islink(__file__), os.access(__file__, os.W_OK | os.X_OK))
print(open(__file__, 'rb').read())
print(os.path.realpath('main.py'), os.path.samefile('main.py', __file__), os.listdir('.'))
`,
    stdout: '-rw-r--r-- ',
  },
  {
    name: 'inspect.getsource and linecache',
    code: `import inspect, linecache, sys, tokenize
def shown():
    """Its text."""
    return 1  # with a comment
print(inspect.getsource(shown), inspect.getsourcefile(shown), inspect.getsourcelines(shown), inspect.getdoc(shown))
print(linecache.getlines(__file__)[:2], inspect.getsource(sys.modules['__main__'])[:40], inspect.getmodule(shown))
with tokenize.open(__file__) as file:
    print(file.encoding, len(file.read()))
`,
    stdout: 'with a comment',
  },
  {
    name: 'a text that writes itself anew before it fails',
    code: `text = open(__file__).read()
open(__file__, 'w').write(text.replace('# before', '# after!'))
print(open(__file__).read())
1 / 0  # before
`,
    exitCode: 1,
    stderr: '1 / 0  # after!',
  },
  {
    name: 'a text that deletes itself before it fails',
    code: `import os\nos.remove(__file__)\nprint(os.listdir('.'))\n1 / 0\n`,
    exitCode: 1,
    stdout: '[]',
  },
  {
    name: 'letters of many scripts, also in names',
    code: `变量 = 'Привет, 世界 🎉'\nπ = 3.14\nprint(变量, π, len(变量))\nclass Ошибка(Exception): pass\nraise Ошибка('Ω 🎉')\n`,
    exitCode: 1,
    stdout: 'Привет, 世界 🎉',
    stderr: "raise Ошибка('Ω 🎉')",
  },
  {
    name: 'bytes that are no UTF-8',
    code: latin1(`print('before')\nprint('caf\u00e9')\n`),
    exitCode: 1,
    stderr: 'SyntaxError: Non-UTF-8 code',
  },
  {
    name: 'bytes that are no UTF-8 in a comment of the last line, without an end',
    code: latin1(`print('before')\n# caf\u00e9`),
    exitCode: 1,
    stderr: 'SyntaxError',
  },
  {
    name: 'line ends of Windows',
    code: `print('one')\r\nif True:\r\n    print('''a\r\nb'''.encode())\r\n1 / 0\r\n`,
    exitCode: 1,
    stdout: String.raw`b'a\nb'`,
    stderr: 'line 5',
  },
  {
    name: 'line ends of old Macintoshes',
    code: `print('one')\rprint('two')\r1 / 0\r`,
    exitCode: 1,
    stdout: 'two',
    stderr: 'line 3',
  },
  { name: 'no line end at the end', code: `print('one')\nprint('two')`, stdout: 'two' },
  {
    name: 'tabs and lines that go on',
    code: `print('one')\n\nif True:\n\tprint('two'\n  \t)\n    \n    # comment\nx = 1 + \\\n  2\n1 / 0\n`,
    exitCode: 1,
    stdout: 'two',
  },
  { name: 'a shebang line', code: `#!/usr/bin/env python3 -x\nprint('after')\n`, stdout: 'after' },
  { name: 'a single byte', code: '1', stdout: /^$/ },
  { name: 'a single byte that is wrong', code: ')', exitCode: 1, stderr: "SyntaxError: unmatched ')'" },
  { name: 'comments alone', code: '# nothing\n\n# at all', stdout: /^$/ },
  {
    name: 'a very long line',
    code: `value = [${'1, '.repeat(15_000)}]\nprint(len(value))\nvalue[0](${'1, '.repeat(2000)})\n`,
    exitCode: 1,
    stdout: '15000',
    stderr: "TypeError: 'int' object is not callable",
  },
  {
    name: 'as many bytes as may be sent ahead',
    code: padded(`import os\nprint(os.stat(__file__).st_size)\n`, LONGEST_TEXT_BYTES),
    stdout: '60000',
  },
  {
    name: 'many bytes, of which the last line is wrong',
    code: `${padded(`print('never')\n`, 58_000)}\nx = = 1\n`,
    exitCode: 1,
    stderr: 'SyntaxError: invalid syntax',
  },
  {
    name: 'a future statement and a docstring',
    code: `"""What it does."""\nfrom __future__ import annotations\ndef f(x: Missing): pass\nprint(__doc__, f.__annotations__)\n`,
    stdout: "What it does. {'x': 'Missing'}",
  },
  {
    name: 'a name that looks like compiled code',
    code: `print('text')\n`,
    fileName: 'program.pyc',
    exitCode: 1,
    stderr: 'Bad magic number in .pyc file',
  },
  {
    name: 'a name with spaces, quotes and other letters',
    code: `import sys\nprint(sys.argv, __file__)\n1 / 0\n`,
    fileName: `it's "my" $(program) 世界.py`,
    exitCode: 1,
    stdout: '世界.py',
  },
  {
    name: 'a name without an extension',
    code: `print(__file__)\n`,
    fileName: 'program',
    stdout: 'work/program',
  },
];
