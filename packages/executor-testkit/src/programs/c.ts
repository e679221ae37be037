import type { LanguagePrograms } from './language-programs.ts';

export const C_PROGRAMS: LanguagePrograms = {
  language: 'c',
  hello: `#include <stdio.h>

int main(void) {
    puts("hello");
    return 0;
}
`,
  printArguments: `#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    for (int index = 1; index < argc; index++) fwrite(argv[index], 1, strlen(argv[index]) + 1, stdout);
    return 0;
}
`,
  copyStdin: `#include <stdio.h>

int main(void) {
    static char buffer[65536];
    size_t length;
    while ((length = fread(buffer, 1, sizeof buffer, stdin)) > 0) fwrite(buffer, 1, length, stdout);
    return 0;
}
`,
  exitWithThree: `#include <stdio.h>

int main(void) {
    puts("before the end");
    return 3;
}
`,
  broken: {
    code: `int main(void) {
    return missing;
}
`,
    message: /main\.c:2:12: error:[^\n]*missing/u,
  },
  readFile: `#include <stdio.h>

int main(void) {
    FILE *file = fopen("data/input.txt", "rb");
    if (file == NULL) return 1;
    for (int letter; (letter = getc(file)) != EOF;) putchar(letter);
    return 0;
}
`,
  writeFile: `#include <stdio.h>

int main(void) {
    FILE *file = fopen("result.txt", "wb");
    if (file == NULL) return 1;
    fputs("written\\n", file);
    return fclose(file);
}
`,
  unicode: `#include <stdio.h>

int main(void) {
    const char *приветствие = "你好, мир 🔔";
    puts(приветствие);
    FILE *file = fopen("数据/файл 🔔.txt", "rb");
    if (file == NULL) return 1;
    for (int letter; (letter = getc(file)) != EOF;) putchar(letter);
    return 0;
}
`,
  twoFiles: {
    code: `#include <stdio.h>
#include "greeting.h"

int main(void) {
    puts(greet());
    return 0;
}
`,
    files: [
      { path: 'greeting.h', content: `const char *greet(void);\n` },
      {
        path: 'greeting.c',
        content: `#include "greeting.h"\n\nconst char *greet(void) { return "hello from another file"; }\n`,
      },
    ],
  },
};
