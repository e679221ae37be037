import { describe, expect, test } from 'vitest';
import {
  LANGUAGE_IDS,
  LANGUAGES,
  languageFromFileName,
  languageFromName,
  languageFromShebang,
} from '../../src/executor/index.ts';

describe('languageFromName', () => {
  test.each([
    ['py', 'python'],
    ['  Python3 ', 'python'],
    ['C++', 'cpp'],
    ['golang', 'go'],
    ['NodeJS', 'javascript'],
    ['cobol', null],
    ['', null],
    ['constructor', null],
  ])('%j is %j', (name, language) => {
    expect(languageFromName(name)).toBe(language);
  });

  test('no word stands for two languages', () => {
    const words = LANGUAGE_IDS.flatMap((id) => [id, ...LANGUAGES[id].aliases]);
    expect(new Set(words).size).toBe(words.length);
  });
});

describe('languageFromFileName', () => {
  test.each([
    ['main.py', 'python'],
    ['MAIN.PY', 'python'],
    ['dir.py/main.rs', 'rust'],
    ['a.cc', 'cpp'],
    ['a.c', 'c'],
    ['a.mts', 'typescript'],
    ['a.cjs', 'javascript'],
    ['py', null],
    ['notes.txt', null],
  ])('%j is %j', (fileName, language) => {
    expect(languageFromFileName(fileName)).toBe(language);
  });

  test('no extension stands for two languages', () => {
    const extensions = LANGUAGE_IDS.flatMap((id) => LANGUAGES[id].extensions);
    expect(new Set(extensions).size).toBe(extensions.length);
  });
});

describe('languageFromShebang', () => {
  test.each([
    ['#!/usr/bin/env python3\n', 'python'],
    ['#!/usr/bin/env -S node --no-warnings\n', 'javascript'],
    ['#!/usr/bin/python3.12 -u\n', 'python'],
    ['#! /bin/sh\r\n', 'bash'],
    ['\uFEFF#!/bin/bash\n', 'bash'],
    ['#!/usr/bin/env\npython3\n', null],
    ['#!\nbash\n', null],
    ['#!/usr/bin/perl\n', null],
    ['print(1)\n#!/bin/bash\n', null],
    ['', null],
  ])('%j is %j', (text, language) => {
    expect(languageFromShebang(text)).toBe(language);
  });
});
