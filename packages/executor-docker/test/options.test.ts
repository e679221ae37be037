import type { StandardResult } from '@cloche/core/executor';
import { LANGUAGES } from '@cloche/core/executor';
import { describe, expect, test } from 'vitest';
import { imageOf } from '../src/images/image-of-language.ts';
import type { DockerOptions } from '../src/options.ts';
import { DEFAULT_DOCKER_OPTIONS, dockerOptionsSchema } from '../src/options.ts';

function validate(value: unknown): StandardResult<DockerOptions> {
  const result = dockerOptionsSchema['~standard'].validate(value);
  if (result instanceof Promise) throw new Error('the schema is asynchronous');
  return result;
}

function accepted(value: unknown): DockerOptions {
  const result = validate(value);
  if (result.issues !== undefined) throw new Error(result.issues[0]?.message ?? 'refused');
  return result.value;
}

function refused(value: unknown): { readonly key: string; readonly message: string } {
  const issue = validate(value).issues?.[0];
  if (issue === undefined) throw new Error('accepted');
  return { key: (issue.path ?? []).map(String).join('.'), message: issue.message };
}

test('nothing given is the defaults', () => {
  expect(accepted({})).toEqual(DEFAULT_DOCKER_OPTIONS);
  expect(accepted({ image: null, poolSize: undefined })).toEqual(DEFAULT_DOCKER_OPTIONS);
});

test('what the configuration hands over becomes options', () => {
  const given = {
    host: 'ssh://me@build:22',
    image: 'cloche/toolchains:latest',
    runtime: 'runsc',
    user: '1000:1001',
    poolSize: 0,
    poolIdle: 5000,
    poolMemory: 1024,
    'images.python': 'python:3',
  };
  expect(accepted(given)).toEqual({
    host: 'ssh://me@build:22',
    image: 'cloche/toolchains:latest',
    images: { python: 'python:3' },
    runtime: 'runsc',
    user: '1000:1001',
    pool: { size: 0, idleMs: 5000, memoryBytes: 1024 },
  });
});

test('a program may give the images as a table', () => {
  expect(accepted({ images: { go: 'golang:1', cpp: 'gcc:14' } }).images).toEqual({
    go: 'golang:1',
    cpp: 'gcc:14',
  });
});

test('a user without a group is in a group of its own number, not in that of root', () => {
  expect(accepted({ user: '1000' }).user).toBe('1000:1000');
});

test('the image of a language is its own, else the one for all, else the official one', () => {
  const options = accepted({ 'images.python': 'own', image: 'all' });
  expect([imageOf(options, 'python'), imageOf(options, 'go')]).toEqual(['own', 'all']);
  expect(imageOf(accepted({}), 'go')).toBe(LANGUAGES.go.image);
});

describe('names of images', () => {
  test.each([
    'python',
    'python:3.14-slim',
    'library/python',
    'localhost/x',
    'localhost:5000/team/tools:v1',
    'registry.example/a__b/c-d.e_f',
    `python@sha256:${'a'.repeat(64)}`,
    `python:3@sha256:${'a'.repeat(64)}`,
    `sha256:${'0'.repeat(64)}`,
  ])('%s is one', (image) => {
    expect(accepted({ image }).image).toBe(image);
  });

  test.each([
    '',
    '-v/:/host',
    '--privileged',
    'Python',
    'a b',
    'a\nb',
    'a:',
    'a:-tag',
    'a//b',
    '../a',
    'a@sha256:12',
    'https://registry.example/a',
    `a:${'x'.repeat(200)}`,
    'a'.repeat(600),
  ])('%j is none', (image) => {
    expect(refused({ image })).toMatchObject({ key: 'image' });
    expect(refused({ 'images.python': image }).key).toBe('images.python');
    expect(refused({ images: { python: image } }).key).toBe('images.python');
  });
});

test.each<[unknown, string, string]>([
  [null, '', 'must be a table'],
  [[], '', 'must be a table'],
  [{ imagez: 'x' }, 'imagez', 'known: image,'],
  [{ images: 'x' }, 'images', 'must be a table of images'],
  [{ images: { pyton: 'x' } }, 'images.pyton', 'names no language'],
  [{ 'images.pyton': 'x' }, 'images.pyton', 'names no language'],
  [{ toString: 'x' }, 'toString', 'is not known'],
  [{ image: 3 }, 'image', 'must be the name of an image'],
  [{ user: '0' }, 'user', 'root'],
  [{ user: '0:1000' }, 'user', 'root'],
  [{ user: '1000:0' }, 'user', 'root'],
  [{ user: '000' }, 'user', 'root'],
  [{ user: 'root' }, 'user', 'in digits'],
  [{ user: 1000 }, 'user', 'in digits'],
  [{ user: '9999999999' }, 'user', 'in digits'],
  [{ runtime: '--x' }, 'runtime', 'name of a runtime'],
  [{ host: 'somewhere' }, 'host', 'must be an address'],
  [{ poolSize: -1 }, 'poolSize', 'whole number from 0'],
  [{ poolSize: '2' }, 'poolSize', 'whole number'],
  [{ poolIdle: 0 }, 'poolIdle', 'whole number'],
  [{ poolMemory: 1.5 }, 'poolMemory', 'whole number'],
])('%j is refused, with the key', (given, key, message) => {
  const issue = refused(given);
  expect(issue.key).toBe(key);
  expect(issue.message).toContain(message);
});
