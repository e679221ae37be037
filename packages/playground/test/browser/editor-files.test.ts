import { beforeEach, expect, test } from 'vitest';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);

test('of several files that are chosen, every one is taken', async () => {
  const { page } = await visit();
  await page.locator('.inputs summary').click();
  await page.locator('input[type=file]').setInputFiles([
    { name: 'first.txt', mimeType: 'text/plain', buffer: Buffer.from('1') },
    { name: 'second.txt', mimeType: 'text/plain', buffer: Buffer.from('2') },
  ]);
  await page.locator('.chip').getByText('second.txt').waitFor();
  expect(await page.locator('.chip').count()).toBe(2);
});
