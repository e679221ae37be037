import { beforeEach, expect, test } from 'vitest';
import { chooseLanguage, outputOf, runProgram, statusOf, writeProgram } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);

test('what stands in the editor runs, with Ctrl-Enter as with the button', async () => {
  const { page } = await visit();
  await runProgram(page, 'import sys\nprint("one", 6 * 7)\nprint("two", file=sys.stderr)\n');
  await statusOf(page).getByText('Done').waitFor();
  await outputOf(page).getByText('one 42').waitFor();
  expect(await page.locator('.output-stderr').allTextContents()).toEqual(['Standard error:two']);
  await statusOf(page).getByText('exit 0').waitFor();

  await writeProgram(page, 'print("again")\nraise SystemExit(3)\n');
  await page.keyboard.press('ControlOrMeta+Enter');
  await outputOf(page).getByText('again').waitFor();
  await statusOf(page).getByText('exit 3').waitFor();
  await statusOf(page).getByText('Failed').waitFor();
});

test('a line shows while the program runs, and Stop ends it with what it printed', async () => {
  const { page } = await visit();
  await runProgram(page, 'import time\nprint("begun", flush=True)\ntime.sleep(60)\nprint("never")\n');
  await outputOf(page).getByText('begun').waitFor();
  await statusOf(page).getByText('Running').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await statusOf(page).getByText('Stopped').waitFor();
  expect(await page.locator('.output-row').allTextContents()).toEqual(['begun']);
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
});

test('a compile error jumps to its line', async () => {
  const { page } = await visit();
  await chooseLanguage(page, 'c');
  await runProgram(page, '#include <stdio.h>\n\nint main(void) {\n    return missing;\n}\n');
  await statusOf(page).getByText('Does not compile').waitFor();
  await page.getByRole('button', { name: 'main.c:4:12' }).first().click();
  await page.locator('.cm-activeLine').getByText('return missing;').waitFor();
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('cm-content');
});

test('standard input, arguments, another source and a file that was dropped reach the program', async () => {
  const { page } = await visit();
  await writeProgram(
    page,
    'import sys, helper\nprint(helper.name, sys.argv[1:], sys.stdin.read(), open("data.bin", "rb").read())\n',
  );
  await page.getByRole('button', { name: 'Add a file' }).click();
  await page.getByRole('textbox', { name: 'Name of the new file' }).fill('helpr.py');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Source of helpr.py' }).click();
  await page.keyboard.type('name = "helper"');
  await page.getByRole('button', { name: 'Rename helpr.py' }).click();
  await page.getByRole('textbox', { name: 'Rename helpr.py' }).fill('helper.py');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Source of helper.py' }).waitFor();
  await page.getByText('Input', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Arguments' }).fill("-n 'two words'");
  await page.getByRole('textbox', { name: 'Standard input' }).fill('typed');
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.of(0, 1, 255)], 'data.bin'));
    return transfer;
  });
  await page.locator('#editor').dispatchEvent('drop', { dataTransfer: dropped });
  await page.getByRole('listitem').filter({ hasText: 'data.bin' }).waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const line = String.raw`helper ['-n', 'two words'] typed b'\x00\x01\xff'`;
  await outputOf(page).getByText(line).waitFor();
});

test('a file that is dropped beside the editor is taken, and what was typed survives a reload with a large one', async () => {
  const { page } = await visit();
  await writeProgram(page, 'print("typed")\n');
  const large = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(2 * 1024 * 1024)], 'large.bin'));
    return transfer;
  });
  const isLeft = await page.locator('.requirement').evaluate((element, dataTransfer) => {
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    return element.dispatchEvent(event);
  }, large);
  expect(isLeft, 'the browser would open the file').toBe(false);
  await page.getByText('Input', { exact: true }).click();
  await page.getByRole('listitem').filter({ hasText: 'large.bin' }).waitFor();
  await page.reload();
  await page.locator('.cm-line').getByText('print("typed")').waitFor();
});

test('a new file under the name of one that is there shows that one, and keeps what stands in it', async () => {
  const { page } = await visit();
  await writeProgram(page, 'print("typed")\n');
  for (const name of ['helper.py', 'main.py']) {
    await page.getByRole('button', { name: 'Add a file' }).click();
    await page.getByRole('textbox', { name: 'Name of the new file' }).fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: `Source of ${name}` }).waitFor();
  }
  await page.locator('.cm-line').getByText('print("typed")').waitFor();
  expect(await page.locator('#editor').getByRole('tab').allTextContents()).toEqual(['main.py', 'helper.py']);
});

test('what an example took the place of is there again with one undoing', async () => {
  const { page } = await visit();
  await writeProgram(page, 'print("typed")\n');
  await page.getByRole('combobox', { name: 'Examples' }).selectOption('charts.py');
  await page.locator('.cm-line').getByText('Draws the same figures').waitFor();
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+z');
  await page.locator('.cm-line').getByText('print("typed")').waitFor();
});

test('a program that ran out of time is told where the page gives it more', async () => {
  const { page } = await visit();
  await page.getByLabel('Time, seconds').fill('0.5');
  await page.keyboard.press('Enter');
  await runProgram(page, 'while True: pass\n');
  await statusOf(page).getByText('Out of time').waitFor();
  await page.getByText('or give it more time under Limits').waitFor();
});

test('every language has an example, which runs where its toolchain is', async () => {
  const { page } = await visit();
  const choice = page.getByRole('combobox', { name: 'Language', exact: true });
  await choice.locator('option', { hasText: /^Bash \d/u }).waitFor({ state: 'attached' });
  const options = await choice.locator('option').allTextContents();
  expect(options).toHaveLength(9);
  // With its version, as the executor found it. A fresh cache has Go compile its whole library first, for a minute.
  const found = options.filter((text) => / \d/u.test(text) && !text.startsWith('Go '));
  for (const [index, option] of found.entries()) {
    await choice.selectOption({ label: option });
    await page.locator('.cm-line').filter({ hasText: /\S/u }).first().waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    // The one before is done already: this one has to have begun.
    await page.getByRole('tab', { name: `History ${index + 1}` }).waitFor();
    await statusOf(page).getByText('Done').waitFor({ timeout: 60_000 });
    await expect.poll(() => page.locator('.output-row').count(), { message: option }).toBeGreaterThan(1);
  }
}, 180_000);

test('the history survives a reload: a run is opened, run again, copied and deleted', async () => {
  const { page } = await visit();
  await runProgram(page, 'print("first of them")\n');
  await statusOf(page).getByText('Done').waitFor();
  await runProgram(page, 'print("second of them")\n');
  await outputOf(page).getByText('second of them').waitFor();
  await statusOf(page).getByText('Done').waitFor();

  await page.reload();
  await outputOf(page).getByText('second of them').waitFor();
  await page.getByRole('tab', { name: /History/u }).click();
  await page.getByRole('button', { name: /print\("first of them"\).*Done/u }).click();
  await outputOf(page).getByText('first of them').waitFor();
  await page.locator('.cm-line').getByText('print("first of them")').waitFor();

  await page.getByText('More').click();
  await page.getByRole('button', { name: 'Copy as command' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^cloche run/mu);
  await page.getByRole('button', { name: 'Copy as MCP call' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('first of them');

  await page.getByRole('button', { name: 'Run again: print("first' }).first().click();
  await expect.poll(() => page.locator('.history-item').count()).toBe(3);
  await statusOf(page).getByText('Done').waitFor();
  await page.getByRole('button', { name: 'Delete: print("second' }).click();
  await expect.poll(() => page.locator('.history-item').count()).toBe(2);
});
