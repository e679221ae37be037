import { beforeEach, expect, test } from 'vitest';
import { outputOf, runProgram, statusOf } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);

test('pictures, tables and data that a program wrote are shown, and can be had', async () => {
  const { page } = await visit();
  await page.getByRole('combobox', { name: 'Examples' }).selectOption('charts.py');
  await page.locator('.cm-line').getByText('Draws the same figures').waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await statusOf(page).getByText('Done').waitFor();
  await page.getByRole('tab', { name: /Files/u }).click();
  const picture = page.getByRole('img', { name: 'rain.png' });
  await picture.waitFor();
  await expect
    .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
    .toBe(480);
  await page.getByRole('cell', { name: '83' }).waitFor();
  await page.getByRole('article', { name: 'rain.json' }).getByText('wettest:').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download rain.csv' }).click();
  expect((await download).suggestedFilename()).toBe('rain.csv');
});

test('colours are shown as such, and nothing else of a terminal', async () => {
  const { page } = await visit();
  await runProgram(
    page,
    String.raw`print("\033[1;31mred\033[0m plain \033[38;5;208morange\033[0m\033[2J\033]0;title\007")` + '\n',
  );
  const red = outputOf(page).locator('.ansi-fg-1');
  await red.waitFor();
  expect(await red.getAttribute('class')).toBe('ansi-bold ansi-fg-1');
  expect(await page.locator('.output-row').first().textContent()).toBe('red plain orange');
  const orange = outputOf(page).locator('.ansi-fg');
  expect(await orange.evaluate((element) => getComputedStyle(element).color)).not.toBe(
    await outputOf(page).evaluate((element) => getComputedStyle(element).color),
  );
});

test('what was in force, which executor it was, and where the time went', async () => {
  const { page } = await visit();
  await runProgram(page, 'print(1)\n');
  await statusOf(page).getByText('Done').waitFor();
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('rowheader', { name: 'Memory' }).waitFor();
  await page.getByRole('row', { name: /Memory.*512 MiB/u }).waitFor();
  expect(await page.locator('.facts').textContent()).toContain('local');
});

test('a million lines are there, and scroll, and few of them are drawn', async () => {
  const { page } = await visit();
  await runProgram(page, 'import sys\nsys.stdout.write("".join(f"line {i}\\n" for i in range(1_000_000)))\n');
  await page.getByText('1,000,000 lines').waitFor();
  await statusOf(page).getByText('Done').waitFor();
  await outputOf(page).getByText('line 999999', { exact: true }).waitFor();
  await outputOf(page).evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await expect.poll(() => page.locator('.output-row').first().textContent()).toMatch(/^line (49|50)\d{4}$/u);
  expect(await page.locator('.output-row').count()).toBeLessThan(150);
  await page.getByRole('button', { name: 'To the end' }).click();
  await outputOf(page).getByText('line 999999', { exact: true }).waitFor();
  await outputOf(page).focus();
  await page.keyboard.press('Home');
  await outputOf(page).getByText('line 0', { exact: true }).waitFor();
});

test('a browser that does not let the page copy is told as that', async () => {
  const { page } = await visit();
  await page.evaluate(() => {
    Reflect.set(navigator.clipboard, 'writeText', () =>
      Promise.reject(new DOMException('', 'NotAllowedError')),
    );
  });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await statusOf(page).getByText('Done').waitFor();
  await page.getByRole('button', { name: 'Copy the output' }).click();
  await page.getByText('The browser does not allow copying').waitFor();
});
