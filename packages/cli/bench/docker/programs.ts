import type { ExecutionRequest, LanguageId } from '@cloche/core/executor';

/** The least that prints something, in every language. */
const PROGRAMS: Readonly<Record<LanguageId, string>> = {
  python: 'print(1)\n',
  javascript: 'console.log(1)\n',
  typescript: 'const one: number = 1;\nconsole.log(one);\n',
  bash: 'echo 1\n',
  c: '#include <stdio.h>\n\nint main(void) { return puts("1") < 0; }\n',
  cpp: '#include <iostream>\n\nint main() { std::cout << 1 << std::endl; }\n',
  go: 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println(1) }\n',
  rust: 'fn main() { println!("1"); }\n',
  java: 'public class Main { public static void main(String[] arguments) { System.out.println(1); } }\n',
};

export function program(language: LanguageId): ExecutionRequest {
  return { language, code: PROGRAMS[language] };
}

/** With an argument no interpreter that was started ahead fits. */
export function programWithArgument(language: LanguageId): ExecutionRequest {
  return { ...program(language), arguments: ['argument'] };
}

/** One that no cache knows yet, in a language whose comments begin with two slashes. */
export function programOfItsOwn(language: LanguageId, name: string): ExecutionRequest {
  return { language, code: `${PROGRAMS[language]}// ${name}\n` };
}
