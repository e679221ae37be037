import { expect, test } from 'vitest';
import { isMadeHere } from '../src/images/local-image.ts';

test.each([
  ['cloche/toolchains', true],
  ['cloche/toolchains:latest', true],
  ['docker.io/cloche/toolchains:2', true],
  ['index.docker.io/cloche/toolchains:2', true],
  ['localhost/cloche/toolchains:2', true],
  [`cloche/toolchains@sha256:${'0'.repeat(64)}`, true],
  ['cloche/toolchains-more:1', false],
  ['cloche/other', false],
  ['registry.example/cloche/toolchains', false],
  ['python:3', false],
])('%s is made on this machine alone: %s', (reference, expected) => {
  expect(isMadeHere(reference)).toBe(expected);
});
