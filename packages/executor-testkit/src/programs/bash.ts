import type { LanguagePrograms } from './language-programs.ts';

export const BASH_PROGRAMS: LanguagePrograms = {
  language: 'bash',
  hello: `echo hello\n`,
  printArguments: `for argument in "$@"; do
  printf '%s\\0' "$argument"
done
`,
  copyStdin: `cat\n`,
  exitWithThree: `echo 'before the end'
exit 3
`,
  broken: { code: `echo begun\nif true; then\n`, message: /syntax error/u },
  readFile: `cat data/input.txt\n`,
  writeFile: `echo written > result.txt\n`,
  unicode: `# Приветствие
greeting='你好, мир 🔔'
echo "$greeting"
cat '数据/файл 🔔.txt'
`,
  twoFiles: {
    code: `source ./greeting.sh
greet
`,
    files: [{ path: 'greeting.sh', content: `greet() {\n  echo 'hello from another file'\n}\n` }],
  },
};
