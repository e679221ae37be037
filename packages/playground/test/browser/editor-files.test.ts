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

test('undoing stays within a file, though another one had its place before', async () => {
  const { page } = await visit();
  for (const name of ['a.py', 'b.py']) {
    await page.getByRole('button', { name: 'Add a file' }).click();
    await page.getByLabel('Name of the new file').fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name, selected: true }).waitFor();
    await page.locator('.cm-content').click();
    await page.keyboard.type(`# of ${name}`);
  }
  await page.getByRole('tab', { name: 'a.py' }).click();
  await page.getByRole('button', { name: 'Remove a.py' }).click();
  await page.getByRole('tab', { name: 'b.py' }).click();
  await page.locator('.cm-line').getByText('# of b.py').waitFor();
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+z');
  expect(await page.locator('.cm-content').textContent()).not.toContain('a.py');
  await page.keyboard.type('# of b.py again');

  // Nor does a new file in the place of a removed one know what that one held.
  await page.getByRole('button', { name: 'Remove b.py' }).click();
  await page.getByRole('button', { name: 'Add a file' }).click();
  await page.getByLabel('Name of the new file').fill('c.py');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'c.py', selected: true }).waitFor();
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+z');
  expect(await page.locator('.cm-content').textContent()).toBe('');
});

test('a name that cannot be is refused in words, and the field stays', async () => {
  const { page } = await visit();
  await page.getByRole('button', { name: 'Add a file' }).click();
  const field = page.getByLabel('Name of the new file');
  await field.fill('../outside.py');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('../outside.py cannot be the name of a file').waitFor();
  await field.fill('b.py');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'b.py', selected: true }).waitFor();
  await page.getByRole('button', { name: 'Rename b.py' }).click();
  await page.getByLabel('Rename b.py').fill('main.py');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('There is a file main.py already.').waitFor();
});
