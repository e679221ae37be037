import { describe, expect, test } from 'vitest';
import { javaFileName, javaMainClass } from '../../src/executor/languages/java-main-class.ts';

const MAIN = 'public static void main(String[] args) {}';

interface Case {
  readonly title: string;
  readonly source: string;
  readonly fileName: string;
  readonly mainClass: string;
}

const CASES: readonly Case[] = [
  {
    title: 'a public class',
    source: `public class Hello { ${MAIN} }`,
    fileName: 'Hello.java',
    mainClass: 'Hello',
  },
  {
    title: 'a class that is not public',
    source: `class Hello { ${MAIN} }`,
    fileName: 'Hello.java',
    mainClass: 'Hello',
  },
  {
    title: 'the class with main among others',
    source: `class A {} interface B { int f(); } class C { ${MAIN} } enum D { X }`,
    fileName: 'C.java',
    mainClass: 'C',
  },
  {
    title: 'a public class beside the one with main',
    source: `public class A {} class C { ${MAIN} }`,
    fileName: 'A.java',
    mainClass: 'C',
  },
  {
    title: 'modifiers in any order, annotations between them',
    source: `@Deprecated final strictfp public @SuppressWarnings("all") class Hello { ${MAIN} }`,
    fileName: 'Hello.java',
    mainClass: 'Hello',
  },
  {
    title: 'an annotation that names a class',
    source: `@Uses(Other.class) public class Hello { ${MAIN} }`,
    fileName: 'Hello.java',
    mainClass: 'Hello',
  },
  {
    title: 'a public annotation type',
    source: `public @interface Mark {} class A { ${MAIN} }`,
    fileName: 'Mark.java',
    mainClass: 'A',
  },
  {
    title: 'a record',
    source: `record Point(int x, int y) { ${MAIN} }`,
    fileName: 'Point.java',
    mainClass: 'Point',
  },
  { title: 'an enum', source: `enum E { A, B; ${MAIN} }`, fileName: 'E.java', mainClass: 'E' },
  {
    title: 'a package',
    source: `package a . b.c;\npublic class Hello { ${MAIN} }`,
    fileName: 'Hello.java',
    mainClass: 'a.b.c.Hello',
  },
  {
    title: 'comments and literals that look like code',
    source: `// class A { void main( }\n/* public class B {} */ class C { String s = "} class D { void main("; char c = '"'; char d = '\\''; ${MAIN} }`,
    fileName: 'C.java',
    mainClass: 'C',
  },
  {
    title: 'a text block with quotes, braces and an escaped delimiter',
    source: `class C { String s = """\n } "quoted" \\""" class D { void main( """; ${MAIN} } class E {}`,
    fileName: 'C.java',
    mainClass: 'C',
  },
  {
    title: 'main in a class inside another',
    source: `class Outer { static class Inner { ${MAIN} } } class Real { ${MAIN} }`,
    fileName: 'Real.java',
    mainClass: 'Real',
  },
  {
    title: 'main outside every class (Java 25)',
    source: 'void main() { IO.println("x"); }',
    fileName: 'Main.java',
    mainClass: 'Main',
  },
  {
    title: 'main outside, after a class (Java 25)',
    source: 'class Helper { int x; }\nrecord P(int a) {}\nvoid main() {}',
    fileName: 'Main.java',
    mainClass: 'Main',
  },
  {
    title: 'an instance main (Java 25)',
    source: 'class A { void main() {} }',
    fileName: 'A.java',
    mainClass: 'A',
  },
  {
    title: 'a name in another script',
    source: `public class Größe { ${MAIN} }`,
    fileName: 'Größe.java',
    mainClass: 'Größe',
  },
  { title: 'no class at all', source: 'int x;', fileName: 'Main.java', mainClass: 'Main' },
];

describe('the file name and the main class of a Java source', () => {
  test.each(CASES)('$title', ({ source, fileName, mainClass }) => {
    expect(javaFileName(source)).toBe(fileName);
    expect(javaMainClass(source, fileName)).toBe(mainClass);
  });

  test('of several classes with main, the one that is named like the file is started', () => {
    const source = `class A { ${MAIN} } class B { ${MAIN} }`;
    expect(javaMainClass(source, 'B.java')).toBe('B');
    expect(javaMainClass(source, 'dir/A.JAVA')).toBe('A');
    expect(javaMainClass(source, 'Else.java')).toBe('A');
  });

  // Each of these keeps a backtracking or rescanning reader busy for minutes.
  test.each([
    ['unfinished comments', '/*'],
    ['unfinished text blocks', '"""\\'],
    ['quotes', '"\n'],
    ['modifiers without a class', 'final '],
    ['packages without an end', 'package '],
    ['spaces behind a package', ' '],
    ['classes', 'class A{}'],
    ['open braces', 'class A{'],
    ['the word void', 'void '],
  ])('a hostile source of many %s is read in one pass', (_, piece) => {
    const source = `package ${piece.repeat(300_000)}`;
    const startedAtMs = performance.now();
    javaMainClass(source, javaFileName(source));
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
  });
});
