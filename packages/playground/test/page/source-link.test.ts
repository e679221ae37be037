import { expect, test } from 'vitest';
import { findSourceLink } from '../../src/page/output/source-link.ts';

test.each([
  ['gcc', 'main.c', "main.c:3:5: error: expected ';' before 'return'", 3, 5],
  ['g++', 'main.cpp', "main.cpp:12:17: error: 'x' was not declared", 12, 17],
  ['gcc, called', 'main.c', 'main.c: In function ‘main’:', null, null],
  ['rustc', 'main.rs', '  --> main.rs:7:13', 7, 13],
  ['rustc, panicked', 'main.rs', "thread 'main' panicked at main.rs:2:5:", 2, 5],
  ['javac', 'Main.java', 'Main.java:4: error: cannot find symbol', 4, null],
  ['java', 'Main.java', '\tat Main.main(Main.java:9)', 9, null],
  ['go build', 'main.go', './main.go:5:2: undefined: fmt', 5, 2],
  ['go, panicked', 'main.go', '\t/cloche/work/main.go:6 +0x1d', 6, null],
  ['python', 'main.py', '  File "/tmp/cloche/work/main.py", line 3, in <module>', 3, null],
  ['python, relative', 'main.py', '  File "main.py", line 21', 21, null],
  ['node', 'main.js', 'file:///cloche/work/main.js:3', 3, null],
  ['node, called', 'main.js', '    at run (/cloche/work/main.js:3:9)', 3, 9],
  ['TypeScript', 'main.ts', "main.ts(3,5): error TS2322: Type 'string' …", 3, 5],
  ['bash', 'main.sh', 'main.sh: line 3: nosuch: command not found', 3, null],
  ['another file', 'helper.py', '  File "/w/other_helper.py", line 3', null, null],
  ['a name inside of another', 'a.c', 'data.c:3:5: error', null, null],
  ['a time of day', 'main.py', 'main 12:30:05', null, null],
])('%s: where %s is named', (_compiler, file, line, lineNumber, column) => {
  const link = findSourceLink(line, ['unrelated.txt', file]);
  const found = link && [link.file, link.line, link.column];
  expect(found).toEqual(lineNumber === null ? null : [file, lineNumber, column]);
  // What is underlined is what names the place.
  expect(line.slice(link?.from ?? 0, link?.to ?? 0).includes(file)).toBe(lineNumber !== null);
});

test('the first of several is taken, and names are no patterns', () => {
  expect(findSourceLink('b.c:1:1 included from a.c:2:2', ['a.c', 'b.c'])).toMatchObject({ file: 'b.c' });
  expect(findSourceLink('a+b(1).py:3', ['a+b(1).py'])).toMatchObject({ line: 3 });
  expect(findSourceLink('mainxpy:3', ['main.py'])).toBeNull();
});
