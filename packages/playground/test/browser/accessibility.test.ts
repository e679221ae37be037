import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test, vi } from 'vitest';
import { outputOf, runProgram, statusOf } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { openPage, visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);
// Many pages, or many looks at one.
vi.setConfig({ testTimeout: 180_000 });

const COLOURFUL = String.raw`
import sys
print("plain", *(f"\033[{code}m{code}\033[0m" for code in [*range(30, 38), *range(90, 98), 1, 2, 3]))
print(*(f"\033[38;5;{code}m{code}\033[0m" for code in range(16, 256, 9)))
print(*(f"\033[{code}m{code}\033[0m" for code in [*range(40, 48), *range(100, 108), 7]))
open("table.csv", "w").write("a,b\n1,2\n")
open("data.json", "w").write('{"a": [1, "x", null, true]}')
print(1 / 0)
`;

async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).analyze();
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

const STATES = ['Output', 'Files', 'Details'] as const;

test.each([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
] as const)('axe finds nothing to complain of: %s', async (_name, context) => {
  const { page } = await visit({ context });
  await runProgram(page, COLOURFUL);
  await statusOf(page).getByText('exit 1').waitFor();
  await outputOf(page).getByText('ZeroDivisionError').waitFor();
  for (const tab of STATES) {
    await page.getByRole('tab', { name: tab }).last().click();
    if (tab === 'Files') await page.getByRole('cell', { name: '2' }).waitFor();
    expect(await violations(page), tab).toEqual([]);
  }
  await page.getByText('Input', { exact: true }).click();
  await page.getByText('More').click();
  const menu = page.getByRole('button', { name: 'Settings and history' });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole('tab', { name: /History/u }).click();
  expect(await violations(page), 'history').toEqual([]);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Provider' }).selectOption('anthropic');
  await page.getByRole('radio', { name: /daytona/u }).check();
  await page.getByLabel('API address').waitFor();
  expect(await violations(page), 'settings').toEqual([]);
});

test('nothing scrolls sideways at the width of a page that is enlarged to 400 %', async () => {
  const { page } = await visit({ context: { viewport: { width: 320, height: 640 } } });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await statusOf(page).getByText('Done').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test('in Chinese, and where nobody is let in', async () => {
  const { page, playground } = await visit();
  await page.getByRole('button', { name: '切换到中文' }).click();
  await page.getByRole('button', { name: '运行', exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
  const refused = await openPage(playground.serving.url);
  await refused.page.getByRole('heading', { name: 'This address has been used' }).waitFor();
  expect(await violations(refused.page)).toEqual([]);
});
