import type { LanguagePrograms } from './language-programs.ts';

export const PYTHON_PROGRAMS: LanguagePrograms = {
  language: 'python',
  hello: `print("hello")\n`,
  printArguments: `import os, sys
for argument in sys.argv[1:]:
    sys.stdout.buffer.write(os.fsencode(argument) + b"\\0")
`,
  copyStdin: `import shutil, sys
shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
`,
  exitWithThree: `import sys
print("before the end")
sys.exit(3)
`,
  broken: { code: `print("begun"\nvalue = = 1\n`, message: /SyntaxError/u },
  readFile: `print(open("data/input.txt", encoding="utf-8").read(), end="")\n`,
  writeFile: `with open("result.txt", "w") as file:
    file.write("written\\n")
`,
  unicode: `приветствие = "你好, мир 🔔"
print(приветствие)
print(open("数据/файл 🔔.txt", encoding="utf-8").read(), end="")
`,
  twoFiles: {
    code: `from greeting import greet
print(greet())
`,
    files: [{ path: 'greeting.py', content: `def greet():\n    return "hello from another file"\n` }],
  },
};
