import type { LanguagePrograms } from './language-programs.ts';

export const CPP_PROGRAMS: LanguagePrograms = {
  language: 'cpp',
  hello: `#include <iostream>

int main() {
    std::cout << "hello" << std::endl;
}
`,
  printArguments: `#include <iostream>

int main(int argc, char **argv) {
    for (int index = 1; index < argc; ++index) std::cout << argv[index] << '\\0';
}
`,
  copyStdin: `#include <iostream>

int main() {
    std::ios::sync_with_stdio(false);
    char buffer[65536];
    while (std::cin.read(buffer, sizeof buffer), std::cin.gcount() > 0) std::cout.write(buffer, std::cin.gcount());
}
`,
  exitWithThree: `#include <iostream>

int main() {
    std::cout << "before the end" << std::endl;
    return 3;
}
`,
  broken: {
    code: `int main() {
    return missing;
}
`,
    message: /main\.cpp:2:12: error:[^\n]*missing/u,
  },
  readFile: `#include <fstream>
#include <iostream>

int main() {
    std::ifstream file("data/input.txt");
    std::cout << file.rdbuf();
}
`,
  writeFile: `#include <fstream>

int main() {
    std::ofstream file("result.txt");
    file << "written\\n";
}
`,
  unicode: `#include <fstream>
#include <iostream>
#include <string>

int main() {
    const std::string приветствие = "你好, мир 🔔";
    std::cout << приветствие << '\\n';
    std::ifstream file("数据/файл 🔔.txt");
    std::cout << file.rdbuf();
}
`,
  twoFiles: {
    code: `#include <iostream>
#include "greeting.hpp"

int main() {
    std::cout << greet() << std::endl;
}
`,
    files: [
      { path: 'greeting.hpp', content: `#include <string>\nstd::string greet();\n` },
      {
        path: 'greeting.cpp',
        content: `#include "greeting.hpp"\n\nstd::string greet() { return "hello from another file"; }\n`,
      },
    ],
  },
};
