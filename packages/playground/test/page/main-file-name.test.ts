import { LANGUAGE_IDS, LANGUAGES } from '@cloche/core/executor';
import { expect, test } from 'vitest';
import { mainFileName } from '../../src/page/state/language-files.ts';

test.each(LANGUAGE_IDS)('a program of %s is shown with the name that it runs with', (language) => {
  expect(mainFileName(language, '')).toBe(LANGUAGES[language].entryFileName(''));
});

test.each([
  ['public class Bank {}', 'Bank.java'],
  ['// public class Old {}\npublic class New {}', 'New.java'],
  ['/*\npublic class Old {}\n*/\npublic record New() {}', 'New.java'],
  ['class A { String text = """\npublic class Old {}\n"""; }\npublic class New {}', 'New.java'],
  ['class A { String text = "\\"{"; char c = \'{\'; }\npublic enum New {}', 'New.java'],
  ['class Helper {}\nclass Program { public static void main(String[] words) {} }', 'Program.java'],
  ['class Helper { public static class Inner {} }\npublic final class Outer {}', 'Outer.java'],
  ['class Helper {}', 'Main.java'],
  ['public class Ignored {}\nvoid main() {}', 'Main.java'],
  ['class A { Object o = A.class; }\npublic interface Größe {}', 'Größe.java'],
  ['package a.b;\nimport java.util.*;\n@Deprecated public sealed interface S permits T {}', 'S.java'],
  ['/* without an end\npublic class Old {}', 'Main.java'],
  ['String s = "without an end\npublic class Seen {}', 'Seen.java'],
  ['"""without an end\npublic class Old {}', 'Main.java'],
])('a Java program is shown with the name that it runs with: %j', (text, name) => {
  expect(mainFileName('java', text)).toBe(name);
  expect(LANGUAGES.java.entryFileName(text)).toBe(name);
});
