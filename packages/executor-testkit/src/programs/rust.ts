import type { LanguagePrograms } from './language-programs.ts';

export const RUST_PROGRAMS: LanguagePrograms = {
  language: 'rust',
  hello: `fn main() {
    println!("hello");
}
`,
  printArguments: `fn main() {
    for argument in std::env::args().skip(1) {
        print!("{argument}\\0");
    }
}
`,
  copyStdin: `use std::io::Write;

fn main() {
    let mut output = std::io::stdout().lock();
    std::io::copy(&mut std::io::stdin().lock(), &mut output).unwrap();
    output.flush().unwrap();
}
`,
  exitWithThree: `fn main() {
    println!("before the end");
    std::process::exit(3);
}
`,
  broken: {
    code: `fn main() {
    let value: i32 = missing;
}
`,
    message: /error\[E0425\][\s\S]*main\.rs:2:22/u,
  },
  readFile: `fn main() {
    print!("{}", std::fs::read_to_string("data/input.txt").unwrap());
}
`,
  writeFile: `fn main() {
    std::fs::write("result.txt", "written\\n").unwrap();
}
`,
  unicode: `fn main() {
    let приветствие = "你好, мир 🔔";
    println!("{приветствие}");
    print!("{}", std::fs::read_to_string("数据/файл 🔔.txt").unwrap());
}
`,
  twoFiles: {
    code: `mod greeting;

fn main() {
    println!("{}", greeting::greet());
}
`,
    files: [
      {
        path: 'greeting.rs',
        content: `pub fn greet() -> &'static str {
    "hello from another file"
}
`,
      },
    ],
  },
};
