import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);
vi.setConfig({ testTimeout: 60_000 });

const KEY = 'dtn_0123456789';

/** What the page asks to be changed, in this order. */
function changesOf(page: Page): unknown[] {
  const changes: unknown[] = [];
  page.on('request', (request: Request) => {
    if (request.method() === 'PATCH') changes.push(request.postDataJSON());
  });
  return changes;
}

test('a key that is sent right after its address was typed goes to that address, and to no other', async () => {
  const { page } = await visit();
  await page.getByRole('radio', { name: /^daytona/u }).check();
  await page.getByLabel('API address').fill('https://first.example/api');
  await page.keyboard.press('Enter');
  await page.getByLabel('API key').fill(KEY);
  const changes = changesOf(page);
  await page.getByLabel('API address').fill('https://second.example/api');
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByText('A key is set').waitFor();
  expect(changes).toEqual([{ daytona: { apiKey: KEY, apiUrl: 'https://second.example/api' }, save: false }]);
  expect(await page.getByLabel('API address').inputValue()).toBe('https://second.example/api');
});

test('an address that needs a key of its own is said not to be in force, until it is given one', async () => {
  const home = await mkdtemp(join(tmpdir(), 'cloche-playground-home-'));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  await mkdir(join(home, '.config/cloche'), { recursive: true, mode: 0o700 });
  const table = '[daytona]\napiKey = "dtn_of_the_file"\napiUrl = "https://file.example/api"\n';
  await writeFile(join(home, '.config/cloche/config.toml'), table, { mode: 0o600 });
  const { page } = await visit({ expectsComplaints: true, home });
  await page.getByRole('radio', { name: /^daytona/u }).check();
  const address = page.getByLabel('API address');
  await address.fill('https://page.example/api');
  await page.getByRole('heading', { name: 'Limits' }).click();
  await page.getByText('Not in force; https://file.example/api is.').waitFor();
  expect(await address.inputValue()).toBe('https://page.example/api');

  await page.getByRole('button', { name: 'Replace' }).click();
  await page.getByLabel('API key').fill(KEY);
  const changes = changesOf(page);
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByText('A key is set (page)').waitFor();
  expect(changes).toEqual([{ daytona: { apiKey: KEY, apiUrl: 'https://page.example/api' }, save: false }]);
  expect(await address.inputValue()).toBe('https://page.example/api');
  expect(await page.getByText('Not in force').count()).toBe(0);
});

test('a number that is refused is put back', async () => {
  const { page } = await visit({ expectsComplaints: true });
  const time = page.getByLabel('Time, seconds');
  const before = await time.inputValue();
  await time.fill('99999999');
  await page.keyboard.press('Enter');
  await expect.poll(() => time.inputValue()).toBe(before);
});

/** The next change is refused for the sake of the moment; gives how many there were. */
async function refuseOne(page: Page): Promise<() => number> {
  let changes = 0;
  await page.route('**/api/settings', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    changes += 1;
    if (changes > 1) return route.continue();
    const error = { code: 'ERR_INTERNAL', message: 'Not now.', hint: null, locale: 'en' };
    return route.fulfill({ status: 503, json: { error } });
  });
  return () => changes;
}

test('a number that is none is put back as often as it is typed', async () => {
  const { page } = await visit();
  const time = page.getByLabel('Time, seconds');
  const before = await time.inputValue();
  for (let times = 0; times < 2; times += 1) {
    await time.fill('0');
    await page.keyboard.press('Enter');
    await expect.poll(() => time.inputValue()).toBe(before);
  }
});

test('what was refused once is sent again when it is typed again', async () => {
  const { page } = await visit({ expectsComplaints: true });
  const changes = await refuseOne(page);
  const time = page.getByLabel('Time, seconds');
  const before = await time.inputValue();
  await time.fill('7');
  await page.keyboard.press('Enter');
  await expect.poll(() => time.inputValue()).toBe(before);
  await time.fill('7');
  await page.keyboard.press('Enter');
  await expect.poll(changes).toBe(2);
  await page.reload();
  await expect.poll(() => time.inputValue()).toBe('7');
});

test('an address that was refused is sent again with Enter, and not by passing by', async () => {
  const { page } = await visit({ expectsComplaints: true });
  await page.getByRole('radio', { name: /^daytona/u }).check();
  const changes = await refuseOne(page);
  const address = page.getByLabel('API address');
  await address.fill('https://own.example/api');
  await page.keyboard.press('Enter');
  await page.getByText('Not in force').waitFor();
  await page.getByRole('heading', { name: 'Limits' }).click();
  await address.click();
  expect(changes()).toBe(1);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByText('Not in force').count()).toBe(0);
  expect(changes()).toBe(2);
  expect(await address.inputValue()).toBe('https://own.example/api');
});

test('a key that was typed and given up is not kept', async () => {
  const { page } = await visit();
  await page.getByRole('radio', { name: /^daytona/u }).check();
  await page.getByLabel('API key').fill(KEY);
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByRole('button', { name: 'Replace' }).click();
  await page.getByLabel('API key').fill('dtn_another_one');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Replace' }).click();
  expect(await page.getByLabel('API key').inputValue()).toBe('');
});
