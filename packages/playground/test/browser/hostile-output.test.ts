import { beforeEach, expect, test } from 'vitest';
import { outputOf, runProgram, statusOf } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);

const MARKUP = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"><b>bold</b>';

test('markup that a program prints is text', async () => {
  const { page } = await visit();
  await runProgram(page, `import sys\nprint('${MARKUP}')\nprint('${MARKUP}', file=sys.stderr)\n`);
  await statusOf(page).getByText('Done').waitFor();
  await expect
    .poll(() => page.locator('.output-row').allTextContents())
    .toEqual([MARKUP, `Standard error:${MARKUP}`]);
  expect(await outputOf(page).locator('script, img, b').count()).toBe(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('files with markup, also in their names, are shown inert', async () => {
  const { page } = await visit();
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" onload="top.hacked=1"><script>top.hacked=2</script></svg>';
  await runProgram(
    page,
    [
      `open("drawn.svg", "w").write('${svg}')`,
      `open("page.html", "w").write('${MARKUP}')`,
      `open("<img src=x onerror=hacked=3>.txt", "w").write('${MARKUP}')`,
      'open("table.csv", "w").write("<script>x</script>,b\\n1,2\\n")',
      'open("bad.json", "w").write("{")',
      '',
    ].join('\n'),
  );
  await statusOf(page).getByText('Done').waitFor();
  await page.getByRole('tab', { name: /Files/u }).click();
  const drawn = page.getByRole('img', { name: 'drawn.svg' });
  await drawn.waitFor();
  await expect
    .poll(() => drawn.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
    .toBe(40);
  expect(await page.getByRole('article', { name: 'page.html' }).locator('pre').textContent()).toBe(MARKUP);
  await page.getByRole('columnheader', { name: '<script>x</script>' }).waitFor();
  await page.getByRole('article', { name: '<img src=x onerror=hacked=3>.txt' }).waitFor();
  expect(await page.locator('iframe, object, embed').count()).toBe(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('fifty megabytes and bytes that are no text leave the page alive', async () => {
  const { page } = await visit();
  await runProgram(
    page,
    [
      'import os, sys',
      'sys.stdout.buffer.write(os.urandom(200_000))',
      'line = b"x" * 199 + b"\\n"',
      'for _ in range(250): sys.stdout.buffer.write(line * 1000)',
      'print("the end")',
      '',
    ].join('\n'),
  );
  await statusOf(page).getByText('Done').waitFor();
  await outputOf(page).getByText('the end').waitFor();
  expect(await page.locator('.output-row').count()).toBeLessThan(150);
  await outputOf(page).evaluate((element) => {
    element.scrollTop = 0;
  });
  await expect.poll(() => page.locator('.output-row').first().textContent()).not.toBe('');
  // It still does what it is told.
  await runProgram(page, 'print("alive")\n');
  await outputOf(page).getByText('alive').waitFor();
});

test('text that turns its direction is shown with the marks that do it', async () => {
  const { page } = await visit();
  await runProgram(page, String.raw`print("safe \u202e evil \x00 \x07")` + '\n');
  await outputOf(page).getByText('safe ‹U+202E› evil ␀ ␇').waitFor();
});

test('a file is shown under the name that it has, and what is no picture is said to be none', async () => {
  const { page } = await visit();
  await runProgram(
    page,
    String.raw`open("a\u202egnp.exe", "w").write("text")
open("broken.png", "w").write("no picture")
`,
  );
  await statusOf(page).getByText('Done').waitFor();
  await page.getByRole('tab', { name: /Files/u }).click();
  await page.getByRole('article', { name: 'a‹U+202E›gnp.exe' }).waitFor();
  await page.getByRole('article', { name: 'broken.png' }).getByText('The file is not a picture').waitFor();
});
