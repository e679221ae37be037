import type { LanguageId } from '@cloche/core/executor';

/** What a model would write. */
export const FIBONACCI_PROGRAMS: Readonly<Record<LanguageId, string>> = {
  python: `a, b, out = 0, 1, []
for _ in range(10):
    out.append(str(a))
    a, b = b, a + b
print(" ".join(out))`,
  javascript: `const out = [0, 1];
while (out.length < 10) out.push(out.at(-1) + out.at(-2));
console.log(out.join(" "));`,
  typescript: `const out: number[] = [0, 1];
while (out.length < 10) out.push(out[out.length - 1]! + out[out.length - 2]!);
console.log(out.join(" "));`,
  java: `public class Main {
  public static void main(String[] args) {
    StringBuilder out = new StringBuilder("0");
    for (int i = 1, a = 0, b = 1; i < 10; i++) {
      out.append(' ').append(b);
      int next = a + b;
      a = b;
      b = next;
    }
    System.out.println(out);
  }
}`,
  go: `package main

import "fmt"

func main() {
	a, b := 0, 1
	for i := 0; i < 10; i++ {
		if i > 0 {
			fmt.Print(" ")
		}
		fmt.Print(a)
		a, b = b, a+b
	}
	fmt.Println()
}`,
  rust: `fn main() {
    let (mut a, mut b) = (0, 1);
    let mut out = Vec::new();
    for _ in 0..10 {
        out.push(a.to_string());
        (a, b) = (b, a + b);
    }
    println!("{}", out.join(" "));
}`,
  bash: `a=0; b=1; out=()
for _ in {1..10}; do out+=("$a"); next=$((a + b)); a=$b; b=$next; done
echo "\${out[*]}"`,
  c: `#include <stdio.h>
int main(void) {
  for (int i = 0, a = 0, b = 1; i < 10; i++) {
    printf(i ? " %d" : "%d", a);
    int next = a + b;
    a = b;
    b = next;
  }
  puts("");
  return 0;
}`,
  cpp: `#include <iostream>
int main() {
  for (int i = 0, a = 0, b = 1; i < 10; i++) {
    std::cout << (i ? " " : "") << a;
    int next = a + b;
    a = b;
    b = next;
  }
  std::cout << std::endl;
}`,
};
