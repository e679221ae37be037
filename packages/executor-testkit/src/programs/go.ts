import type { LanguagePrograms } from './language-programs.ts';

export const GO_PROGRAMS: LanguagePrograms = {
  language: 'go',
  hello: `package main

import "fmt"

func main() {
	fmt.Println("hello")
}
`,
  printArguments: `package main

import (
	"fmt"
	"os"
)

func main() {
	for _, argument := range os.Args[1:] {
		fmt.Print(argument + "\\x00")
	}
}
`,
  copyStdin: `package main

import (
	"io"
	"os"
)

func main() {
	if _, err := io.Copy(os.Stdout, os.Stdin); err != nil {
		panic(err)
	}
}
`,
  exitWithThree: `package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println("before the end")
	os.Exit(3)
}
`,
  broken: {
    code: `package main

func main() {
	missing()
}
`,
    message: /main\.go:4:2: undefined: missing/u,
  },
  readFile: `package main

import (
	"os"
)

func main() {
	text, err := os.ReadFile("data/input.txt")
	if err != nil {
		panic(err)
	}
	os.Stdout.Write(text)
}
`,
  writeFile: `package main

import "os"

func main() {
	if err := os.WriteFile("result.txt", []byte("written\\n"), 0o644); err != nil {
		panic(err)
	}
}
`,
  unicode: `package main

import (
	"fmt"
	"os"
)

func main() {
	приветствие := "你好, мир 🔔"
	fmt.Println(приветствие)
	text, err := os.ReadFile("数据/файл 🔔.txt")
	if err != nil {
		panic(err)
	}
	os.Stdout.Write(text)
}
`,
  twoFiles: {
    code: `package main

import "fmt"

func main() {
	fmt.Println(greet())
}
`,
    files: [
      {
        path: 'greeting.go',
        content: `package main

func greet() string {
	return "hello from another file"
}
`,
      },
    ],
  },
};
