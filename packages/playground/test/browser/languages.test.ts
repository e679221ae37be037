import { beforeEach, expect, test } from 'vitest';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { openPlayground } from './support/open-playground.ts';
import { openPage, visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);

test('the page speaks the other language at once, and remembers it', async () => {
  const { page } = await visit();
  await page.getByRole('button', { name: '切换到中文' }).click();
  await page.getByRole('button', { name: '运行', exact: true }).click();
  await page.locator('.run-status-main').getByText('完成').waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  await page.reload();
  await page.getByRole('button', { name: '运行', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
});

test('dark and light are chosen, or the system’s', async () => {
  const { page } = await visit({ context: { colorScheme: 'dark' } });
  const ground = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await page.getByRole('button', { name: 'Theme: as the system' }).click();
  await expect.poll(ground).not.toBe(dark);
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect.poll(ground).toBe(dark);
  await page.reload();
  await page.getByRole('button', { name: 'Theme: dark' }).waitFor();
});

test('everything is reached by keyboard: from the top into the editor, out of it, and to the end of the page', async () => {
  const { page } = await visit();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('cm-content');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className)).not.toContain('cm-content');
  await page.getByRole('tab', { name: 'Output' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(() => page.getByRole('tab', { name: 'Details' }).getAttribute('aria-selected'))
    .toBe('true');
});

test('on a phone nothing is wider than the page, and the side bar opens above it', async () => {
  const { page } = await visit({ context: { viewport: { width: 390, height: 844 }, hasTouch: true } });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await page.getByRole('radio', { name: /auto/u }).isVisible()).toBe(false);
  await page.getByRole('button', { name: 'Settings and history' }).click();
  await page.getByRole('radio', { name: /auto/u }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: /auto/u }).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('.run-status-main').getByText('Done').waitFor();
  const place = await page.locator('.run-status-main').boundingBox();
  expect(place?.y).toBeLessThan(844);
});

test('a browser in Chinese is spoken to in Chinese before the server says anything, and by the editor too', async () => {
  await using playground = await openPlayground();
  const refused = await openPage(playground.serving.url, { locale: 'zh-CN' });
  await refused.page.getByRole('heading', { name: '此地址已被使用' }).waitFor();
  const { page } = await visit();
  await page.getByRole('button', { name: '切换到中文' }).click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByPlaceholder('查找').waitFor();
});
