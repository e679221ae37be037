import type { AreaResult } from '../figure.ts';
import { withLocalRunner } from '../local/local-runner.ts';
import { findBrowser } from '../playground/find-browser.ts';
import { measureFirstView } from '../playground/measure-first-view.ts';
import { measureFlood } from '../playground/measure-flood.ts';
import { measureLatency } from '../playground/measure-latency.ts';
import { PageVisitor } from '../playground/page-visitor.ts';
import { ServerProcess } from '../playground/server-process.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

/** The page as it is published in a real browser, its server in a process of its own, and the local executor behind it. */
export async function measure(): Promise<AreaResult> {
  const browser = findBrowser();
  if (browser === null) {
    return { figures: [], skipped: [{ name: 'all of it', reason: 'no Chromium is on the search path' }] };
  }
  return withTemporaryDirectory((directory) => measureIn(directory, browser));
}

async function measureIn(directory: string, browser: string): Promise<AreaResult> {
  const python = await withLocalRunner(directory, 'auto', (local) => Promise.resolve(local.python));
  await using server = await ServerProcess.start(directory);
  await using visitor = await PageVisitor.launch(browser, server.address);
  const parts = [
    await measureFirstView(visitor),
    await measureLatency(visitor),
    await measureFlood(visitor, server, python),
  ];
  return {
    figures: parts.flatMap(({ figures }) => figures),
    skipped: parts.flatMap(({ skipped }) => skipped),
  };
}
