import type { LanguageId } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import { generate, stdoutOf } from '../support/generate.ts';
import { fenced, ScriptedModel } from '../support/scripted-model.ts';

interface Repair {
  readonly broken: string;
  readonly repaired: string;
  readonly status: 'compile_error' | 'runtime_error';
  /** A part of what the compiler or the program says. */
  readonly says: RegExp;
  readonly fileName: string;
}

/** One mistake of each language that models make, and its repair. */
const REPAIRS: Readonly<Record<LanguageId, Repair>> = {
  python: {
    broken: 'def main():\nprint("ok")',
    repaired: 'print("ok")',
    status: 'runtime_error',
    says: /IndentationError/u,
    fileName: 'main.py',
  },
  javascript: {
    broken: 'const fs = require("left-pad");\nconsole.log("ok");',
    repaired: 'console.log("ok");',
    status: 'runtime_error',
    says: /Cannot find module 'left-pad'/u,
    fileName: 'main.js',
  },
  typescript: {
    broken: 'const word: string = undefined as never;\nconsole.log(word.length);',
    repaired: 'const word: string = "ok";\nconsole.log(word);',
    status: 'runtime_error',
    says: /TypeError/u,
    fileName: 'main.ts',
  },
  java: {
    broken: 'public class Greeter {\n  public static void main(String[] a) { System.out.println("ok") }\n}',
    repaired:
      'public class Greeter {\n  public static void main(String[] a) { System.out.println("ok"); }\n}',
    status: 'compile_error',
    says: /';' expected/u,
    fileName: 'Greeter.java',
  },
  go: {
    broken: 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() { fmt.Println("ok") }',
    repaired: 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("ok") }',
    status: 'compile_error',
    // Go before 1.20 puts the words the other way round.
    says: /"os" imported and not used|imported and not used: "os"/u,
    fileName: 'main.go',
  },
  rust: {
    broken: 'fn main() {\n    let s = String::from("ok");\n    let t = s;\n    println!("{}{}", s, t);\n}',
    repaired: 'fn main() {\n    println!("ok");\n}',
    status: 'compile_error',
    says: /borrow of moved value/u,
    fileName: 'main.rs',
  },
  bash: {
    broken: 'set -eu\necho "$undefined_word"',
    repaired: 'echo ok',
    status: 'runtime_error',
    says: /undefined_word: unbound variable/u,
    fileName: 'main.sh',
  },
  c: {
    broken: '#include <stdio.h>\nint main(void) { puts(word); return 0; }',
    repaired: '#include <stdio.h>\nint main(void) { puts("ok"); return 0; }',
    status: 'compile_error',
    says: /‘?'?word'?’? undeclared/u,
    fileName: 'main.c',
  },
  cpp: {
    broken: '#include <vector>\nint main() { std::cout << "ok"; }',
    repaired: '#include <iostream>\nint main() { std::cout << "ok\\n"; }',
    status: 'compile_error',
    says: /cout/u,
    fileName: 'main.cpp',
  },
};

test.each(Object.entries(REPAIRS))(
  '%s: its own mistakes are shown, and repaired',
  async (language, repair) => {
    const { broken, repaired, status, says, fileName } = repair;
    const model = new ScriptedModel(fenced(language, broken), fenced(language, repaired));
    const { result } = await generate(model, { language: language as LanguageId });
    expect(stdoutOf(result)).toBe('ok\n');
    expect(result.fileName).toBe(fileName);
    expect(result.attempts.map((attempt) => attempt.status)).toEqual([status, 'ok']);
    expect(result.attempts[0]?.error).toMatch(says);
    expect(model.prompts[1]?.messages.at(-1)?.text).toMatch(says);
  },
);
