import { beforeEach, expect, test } from 'vitest';
import { outputOf, runProgram, statusOf } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { openPlayground } from './support/open-playground.ts';
import { openPage, visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);

test('the output of a run is shown though the program of the editor is still on its way', async () => {
  const { page } = await visit({ expectsComplaints: true });
  await runProgram(page, 'print("was here first")\n');
  await statusOf(page).getByText('Done').waitFor();
  const other = await page.context().newPage();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await other.route(/fibonacci/u, async (route) => {
    await held;
    await route.continue();
  });
  await other.goto(page.url());
  await outputOf(other).getByText('was here first').waitFor();
  release();
  await other
    .locator('.cm-line')
    .filter({ hasText: /fibonacci/iu })
    .first()
    .waitFor();
});

test('what another version of the page has kept does not keep this one from showing', async () => {
  const { page } = await visit();
  await page.addInitScript(() => {
    localStorage.setItem('cloche-preferences', '{"theme":"sepia"}');
    sessionStorage.setItem('cloche-editor', '{"language":"cobol","drafts":{"python":{"files":"none"}}}');
  });
  await page.reload();
  await page.getByRole('button', { name: 'Theme: as the system' }).waitFor();
  await page.getByText('Connected').waitFor();
});

test('a page that cannot be drawn says so in both languages, and is loaded anew', async () => {
  await using playground = await openPlayground();
  const { page } = await openPage(playground.serving.url);
  await page.addInitScript(() => {
    if (sessionStorage.getItem('failed') !== null) return;
    sessionStorage.setItem('failed', 'yes');
    // The editor is made with one.
    Reflect.set(globalThis, 'ResizeObserver', function fail() {
      throw new Error('nothing can be measured');
    });
  });
  await page.goto(playground.serving.address());
  await page.reload();
  await page.getByRole('heading', { name: 'This page has failed' }).waitFor();
  await page.getByRole('heading', { name: '本页出错' }).waitFor();
  await page.getByText('nothing can be measured').waitFor();
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.locator('.cm-content').waitFor();
  expect(await page.getByRole('heading', { name: 'This page has failed' }).count()).toBe(0);
});
