import type { Page } from 'playwright-core';
import { beforeEach, expect, test, vi } from 'vitest';
import { outputOf, runProgram, statusOf } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);
// Many pages, or many looks at one.
vi.setConfig({ testTimeout: 180_000 });

const TABS = 10;

test('ten tabs work beside each other, each with a run of its own', async () => {
  // The browser tells of every ticket that was used already.
  const { page } = await visit({ expectsComplaints: true });
  const tabs: Page[] = [page];
  while (tabs.length < TABS) {
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await tab.getByText('Connected').waitFor();
    tabs.push(tab);
  }
  for (const [index, tab] of tabs.entries()) {
    await tab.bringToFront();
    await runProgram(
      tab,
      `import time\nprint("tab ${index}", flush=True)\ntime.sleep(3)\nprint("end ${index}")\n`,
    );
  }
  for (const [index, tab] of tabs.entries()) {
    await outputOf(tab).getByText(`end ${index}`).waitFor();
    await statusOf(tab).getByText('Done').waitFor();
    expect(await tab.locator('.output-row').allTextContents()).toEqual([`tab ${index}`, `end ${index}`]);
  }
});

test('a page that goes away leaves its run, and ends it where that was chosen', async () => {
  const { page } = await visit({ expectsComplaints: true });
  const watcher = await page.context().newPage();
  await watcher.goto(page.url());
  await watcher.getByText('Connected').waitFor();
  await runProgram(page, 'import time\nprint("still", flush=True)\ntime.sleep(3)\nprint("here")\n');
  await outputOf(page).getByText('still').waitFor();
  await page.reload();
  await outputOf(page).getByText('here').waitFor();
  await statusOf(page).getByText('Done').waitFor();

  const program = 'import time\nprint("begun", flush=True)\ntime.sleep(60)\n';

  await page.getByRole('switch', { name: 'End the run when this page closes' }).check();
  await runProgram(page, program);
  await outputOf(page).getByText('begun').waitFor();
  await page.close();

  // The one that looks on does not read it, and so does not keep it.
  const stopped = watcher.getByRole('button', { name: /Stopped/u });
  await watcher.getByRole('tab', { name: /History/u }).click();
  await stopped.waitFor();
  expect(await stopped.count()).toBe(1);
});
