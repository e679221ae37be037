import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROUTES } from '../../src/index.ts';
import { DEFAULT_PLAYGROUND_LIMITS as limits } from '../../src/server/playground-limits.ts';

const MEBIBYTE = 1024 * 1024;
const page = await readFile(join(import.meta.dirname, '../../../../docs/playground-api.md'), 'utf8');

test.each([
  [`at most every ${limits.healthMs / 1000} s`],
  [`ends the run ${limits.abandonedMs / 1000} seconds after nobody reads it`],
  [`it waits ${limits.sentAwayMs / 1000} seconds`],
  [`in batches of ${limits.batchIntervalMs} ms or ${limits.batchBytes / 1024} KiB`],
  [`| events of one run | ${limits.journalBytes / MEBIBYTE} MiB;`],
  [`| files of one run | ${limits.artifactBytes / MEBIBYTE} MiB |`],
  [
    `| runs | ${limits.runCount}, for ${limits.keptMs / 3_600_000} hours, ${limits.totalBytes / MEBIBYTE} MiB together`,
  ],
  [`| runs under way at a time | ${limits.openRunCount},`],
  [`| body that starts a run | ${limits.runBodyBytes / MEBIBYTE} MiB |`],
  [`| any other body | ${limits.bodyBytes / 1024} KiB |`],
  ['the server keeps four streams open'],
])('docs/playground-api.md says: %s', (words) => {
  expect(page.replaceAll(/ +/gu, ' ')).toContain(words);
  expect(limits.openStreams).toBe(4);
});

test.each(Object.values(ROUTES))('docs/playground-api.md has the address %s', (route) => {
  expect(page).toContain(route);
});
