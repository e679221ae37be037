import { getEventListeners } from 'node:events';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openInBrowser } from '../../src/commands/ui/open-in-browser.ts';
import { environment } from '../../src/environment.ts';
import { temporaryDirectoryOfTest } from '../support/temporary-directory.ts';

/** Puts an opener of this exit code first on the path; returns the file that it makes when it runs. */
function installOpener(exitCode: number): string {
  const directory = temporaryDirectoryOfTest();
  const file = path.join(directory, 'xdg-open');
  const note = path.join(directory, 'ran');
  writeFileSync(file, `#!/bin/sh\n: > '${note}'\nexit ${exitCode}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', `${directory}:${environment['PATH'] ?? ''}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return note;
}

describe('a file is opened in a browser', () => {
  beforeEach((context) => context.skip(process.platform !== 'linux', 'xdg-open is of Linux alone'));

  test.each([
    [0, true],
    [3, false],
  ])('by an opener that ends with %i, and nothing listens to the end any more', async (exitCode, isTaken) => {
    installOpener(exitCode);
    const { signal } = new AbortController();
    expect(await openInBrowser('/page.html', 'linux', signal)).toBe(isTaken);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('not where the end has come before', async () => {
    const note = installOpener(0);
    const startedAtMs = performance.now();
    await openInBrowser('/page.html', 'linux', AbortSignal.abort());
    expect(performance.now() - startedAtMs).toBeLessThan(1000);
    await sleep(300);
    expect(existsSync(note)).toBe(false);
  });

  test('not where it cannot even be started, which is an answer and no failure', async () => {
    installOpener(0);
    expect(await openInBrowser('/page\0.html', 'linux', new AbortController().signal)).toBe(false);
  });
});
