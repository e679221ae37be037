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

test('a tab that is loaded anew shows its own run, not the newest of another tab', async () => {
  const { page } = await visit({ expectsComplaints: true });
  await runProgram(page, 'print("of the first tab")\n');
  await statusOf(page).getByText('Done').waitFor();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByText('Connected').waitFor();
  await runProgram(other, 'print("of the second tab")\n');
  await outputOf(other).getByText('of the second tab').waitFor();
  await page.reload();
  await outputOf(page).getByText('of the first tab').waitFor();
});

test('a key goes to the address that its tab shows, whatever another tab has chosen meanwhile', async () => {
  const { page } = await visit({ expectsComplaints: true });
  await page.getByRole('radio', { name: /^daytona/u }).check();
  await page.getByLabel('API address').fill('https://own.example/api');
  await page.keyboard.press('Enter');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect.poll(() => other.getByLabel('API address').inputValue()).toBe('https://own.example/api');
  await page.getByLabel('API address').fill('https://elsewhere.example/api');
  await page.keyboard.press('Enter');
  await page.getByLabel('API key').waitFor();
  await other.getByLabel('API key').fill('dtn_0123456789');
  const [request] = await Promise.all([
    other.waitForRequest((sent) => sent.method() === 'PATCH'),
    other.getByRole('button', { name: 'Use it' }).click(),
  ]);
  expect(request.postDataJSON()).toMatchObject({
    daytona: { apiKey: 'dtn_0123456789', apiUrl: 'https://own.example/api' },
  });
  await other.getByText('A key is set').waitFor();
  expect(await other.getByLabel('API address').inputValue()).toBe('https://own.example/api');
});

test('what is chosen stays chosen where a look at the settings is answered late', async () => {
  const { page } = await visit({ expectsComplaints: true });
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHolding = true;
  await page.route('**/api/settings', async (route) => {
    if (!isHolding || route.request().method() !== 'GET') return route.continue();
    isHolding = false;
    const answer = await route.fetch();
    await held;
    return route.fulfill({ response: answer });
  });
  // The page looks by itself, every ten seconds.
  await expect.poll(() => isHolding, { timeout: 15_000 }).toBe(false);
  const answered = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await page.getByRole('radio', { name: /^daytona/u }).check();
  await answered;
  const late = page.waitForResponse((answer) => answer.url().endsWith('/api/settings'));
  release();
  await late;
  await page.waitForTimeout(300);
  expect(await page.getByRole('radio', { name: /^daytona/u }).isChecked()).toBe(true);
});

test('of two changes, the answer to the first does not take the second one back', async () => {
  const { page } = await visit();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let changes = 0;
  let change: () => void = () => undefined;
  const isChangedAgain = new Promise<void>((resolve) => {
    change = resolve;
  });
  await page.route('**/api/settings', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    changes += 1;
    const isFirst = changes === 1;
    if (!isFirst) {
      change();
      await held;
    }
    const answer = await route.fetch();
    if (isFirst) await isChangedAgain;
    return route.fulfill({ response: answer });
  });
  const first = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await page.getByRole('combobox', { name: 'Provider' }).selectOption('anthropic');
  await page.getByRole('radio', { name: /^daytona/u }).check();
  await first;
  await page.waitForTimeout(300);
  expect(await page.getByRole('radio', { name: /^daytona/u }).isChecked()).toBe(true);
  const second = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  release();
  await second;
  await page.getByLabel('API address').waitFor();
  expect(await page.getByRole('combobox', { name: 'Provider' }).inputValue()).toBe('anthropic');
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
