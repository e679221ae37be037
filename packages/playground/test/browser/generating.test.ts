import { startModelServer } from '@cloche/model-test-server';
import { beforeEach, expect, test } from 'vitest';
import { outputOf, statusOf, writeProgram } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);

const answer = (code: string): string => `Here it is.\n\n\`\`\`python\n${code}\`\`\`\n`;
const WRONG = 'primes = [2, 3, 5]\nprint("primes:", prime)\n';
/** Long, and like nothing else that a page says. */
const WRONG_KEY = 'sk-wrong-0123456789-that-nobody-may-see';
const RIGHT = 'primes = [2, 3, 5]\nprint("primes:", primes)\n';

test('a requirement becomes a program that is repaired until it runs', async () => {
  await using model = await startModelServer();
  model.script([{ text: answer(WRONG), pieceDelayMs: 30 }, answer(RIGHT)]);
  const { page } = await visit();
  await page.getByRole('combobox', { name: 'Provider' }).selectOption('compatible');
  await page.getByLabel('Address', { exact: true }).fill(model.baseUrls.compatible);
  await page.getByLabel('Address', { exact: true }).press('Enter');
  await page
    .getByRole('combobox', { name: 'Model', exact: true })
    .or(page.getByLabel('Model', { exact: true }))
    .fill('test-model');
  await page.getByLabel('Model', { exact: true }).press('Enter');
  await page.getByText(/^Written by/u).waitFor();

  await page.getByLabel('What should the program do?').fill('Print the first three primes.');
  await page.getByRole('button', { name: 'Generate and run' }).click();
  // While it is written, it stands in the editor already.
  await page.locator('.cm-line').getByText('primes = [2, 3, 5]').waitFor();
  await statusOf(page).getByText('Done').waitFor();
  await outputOf(page).getByText('primes: [2, 3, 5]').waitFor();
  await page.locator('.cm-line').getByText('print("primes:", primes)').waitFor();
  expect(model.calls).toHaveLength(2);

  await page.getByRole('tab', { name: /Attempts/u }).click();
  const [first, second] = await page.locator('.attempt').all();
  await first?.getByText('Failed', { exact: true }).waitFor();
  await first?.getByText('What the model was shown').click();
  await first?.getByText(/NameError/u).waitFor();
  await second?.getByText('Changes to attempt 1').waitFor();
  await expect.poll(() => second?.locator('.diff-removed').allTextContents()).toHaveLength(1);
  await expect.poll(() => second?.locator('.diff-added').textContent()).toContain('print("primes:", primes)');

  await page.getByRole('tab', { name: 'Details' }).click();
  await page
    .getByRole('definition')
    .getByText(/^\d+ read, \d+ written$/u)
    .waitFor();
  expect(await page.locator('.facts dt').allTextContents()).toContain('Tokens');
  expect(await page.locator('.facts dt').allTextContents()).not.toContain('');
});

test('a page that is loaded anew while the model writes goes on with what it writes', async () => {
  await using model = await startModelServer();
  const lines = Array.from({ length: 30 }, (_, index) => `print("line", ${index})\n`).join('');
  model.script([{ text: answer(lines), pieceDelayMs: 100 }]);
  const { page } = await visit({
    environment: {
      CLOCHE_GENERATOR_PROVIDER: 'compatible',
      CLOCHE_GENERATOR_BASE_URL: model.baseUrls.compatible,
      CLOCHE_GENERATOR_MODEL: 'test-model',
    },
  });
  await page.getByLabel('What should the program do?').fill('Print thirty lines.');
  await page.getByRole('button', { name: 'Generate and run' }).click();
  await page.locator('.cm-line').getByText('print("line", 1)').waitFor();
  await page.reload();
  await page.locator('.cm-line').getByText('print("line", 29)').waitFor();
  await statusOf(page).getByText('Done').waitFor();

  // What somebody writes after its end stays, however often the page is loaded.
  await writeProgram(page, 'print("my own")\n');
  await page.reload();
  await statusOf(page).getByText('Done').waitFor();
  await page.locator('.cm-line').getByText('print("my own")').waitFor();
});

test('without a model, generating is not offered, and the page says why', async () => {
  const { page } = await visit();
  await page.getByText('No model is configured yet').waitFor();
  await page.getByLabel('What should the program do?').fill('Anything.');
  expect(await page.getByRole('button', { name: 'Generate and run' }).isDisabled()).toBe(true);
});

test('a model that fails is told as what it is, and the page goes on', async () => {
  await using model = await startModelServer({ apiKey: 'right' });
  const { page } = await visit({
    environment: {
      CLOCHE_GENERATOR_PROVIDER: 'compatible',
      CLOCHE_GENERATOR_BASE_URL: model.baseUrls.compatible,
      CLOCHE_GENERATOR_MODEL: 'test-model',
      CLOCHE_GENERATOR_API_KEY: WRONG_KEY,
    },
  });
  await page.getByLabel('What should the program do?').fill('Anything.');
  await page.getByRole('button', { name: 'Generate and run' }).click();
  await statusOf(page).getByText('Cloche could not run it').waitFor();
  expect(await page.content()).not.toContain(WRONG_KEY);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await statusOf(page).getByText('Done').waitFor();
});
