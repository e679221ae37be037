import { startModelServer } from '@cloche/model-test-server';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, expect, test, vi } from 'vitest';
import { chooseLanguage, outputOf, runProgram, statusOf, writeProgram } from './support/drive.ts';
import { isScreenshotWanted } from './support/environment.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { shrinkPng } from './support/shrink-png.ts';
import { visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);
// Many pages, or many looks at one.
vi.setConfig({ testTimeout: 180_000 });

const DIRECTORY = join(import.meta.dirname, '../../../../docs/images/playground');
const MODEL = { CLOCHE_GENERATOR_PROVIDER: 'compatible', CLOCHE_GENERATOR_MODEL: 'qwen3-coder' };
const REQUIREMENT = 'Print the first 20 primes, and draw the gaps between them as bars.';

const WRONG = `primes = [n for n in range(2, 72) if all(n % d for d in range(2, n))]
gaps = [later - earlier for earlier, later in zip(primes, primes[1:])]

for prime, gap in zip(primes, gap):
    print(f"{prime:>3} {'#' * gap}")
`;
const RIGHT = WRONG.replace('zip(primes, gap)', 'zip(primes, gaps)').replace('#', '█');
const answer = (code: string): string =>
  `A list of primes, then their gaps.\n\n\`\`\`python\n${code}\`\`\`\n`;

/** A picture of each state belongs to the documentation: `CLOCHE_SCREENSHOTS=1` writes them anew. */
async function keep(page: Page, name: string): Promise<void> {
  // The first of them is gone when all are.
  await page
    .getByText(/^(?:looking|检查中)$/u)
    .first()
    .waitFor({ state: 'detached' });
  // Without the place of the caret, which blinks.
  await page.evaluate('document.activeElement.blur()');
  const png = await page.screenshot({ animations: 'disabled' });
  const file = join(DIRECTORY, `${name}.png`);
  if (isScreenshotWanted()) {
    await mkdir(DIRECTORY, { recursive: true });
    await writeFile(file, shrinkPng(png));
  }
  expect(existsSync(file), `${name}.png is missing: CLOCHE_SCREENSHOTS=1 makes it`).toBe(true);
}

/** All of them, as an install has them; the programs run on this machine, as quickly as they can. */
const EXECUTORS = {
  executors: {
    local: () => import('@cloche/executor-local'),
    docker: () => import('@cloche/executor-docker'),
  },
  environment: { CLOCHE_AUTO_ORDER: 'local, docker' },
};

const SIZE = { viewport: { width: 1360, height: 850 } } satisfies BrowserContextOptions;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 } satisfies BrowserContextOptions;

test('a program that was generated, repaired and run: light, then dark, with what changed', async () => {
  await using model = await startModelServer();
  model.script([answer(WRONG), answer(RIGHT)]);
  const { page } = await visit({
    context: SIZE,
    ...EXECUTORS,
    environment: {
      ...EXECUTORS.environment,
      ...MODEL,
      CLOCHE_GENERATOR_BASE_URL: model.baseUrls.compatible,
    },
  });
  await page.getByLabel('What should the program do?').fill(REQUIREMENT);
  await page.getByRole('button', { name: 'Generate and run' }).click();
  await statusOf(page).getByText('Done').waitFor();
  await outputOf(page)
    .getByText(/^ 67 █+$/u)
    .waitFor();
  await keep(page, 'generated');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('tab', { name: /Attempts/u }).click();
  await page.getByText('Changes to attempt 1').waitFor();
  await page.locator('.diff-added').first().waitFor();
  await keep(page, 'repair-dark');
});

test('a compile error, the files of a run, what was in force', async () => {
  const { page } = await visit({ ...EXECUTORS, context: SIZE });
  await chooseLanguage(page, 'cpp');
  await runProgram(
    page,
    '#include <iostream>\n#include <vector>\n\nint main() {\n    std::vector<int> numbers{3, 1, 2};\n    for (auto number : number) {\n        std::cout << number << "\\n";\n    }\n}\n',
  );
  await statusOf(page).getByText('Does not compile').waitFor();
  await page
    .getByRole('button', { name: /main\.cpp:6/u })
    .first()
    .waitFor();
  await keep(page, 'compile-error');

  await chooseLanguage(page, 'python');
  await page.getByRole('combobox', { name: 'Examples' }).selectOption('charts.py');
  await page.locator('.cm-line').getByText('Draws the same figures').waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await statusOf(page).getByText('Done').waitFor();
  await page.getByRole('tab', { name: /Files/u }).click();
  await page.getByRole('img', { name: 'rain.png' }).waitFor();
  await page.getByRole('cell', { name: '83' }).waitFor();
  await keep(page, 'files');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('tab', { name: /History/u }).click();
  await keep(page, 'details-dark');
});

test('in Chinese, and on a phone', async () => {
  const { page } = await visit({ ...EXECUTORS, context: SIZE });
  await page.getByRole('button', { name: '切换到中文' }).click();
  await page.getByRole('button', { name: '运行', exact: true }).click();
  await statusOf(page).getByText('完成').waitFor();
  await keep(page, 'chinese');
  const phone = await visit({ ...EXECUTORS, context: { ...PHONE, colorScheme: 'dark' } });
  await writeProgram(
    phone.page,
    'for number in range(1, 6):\n    print(number, "squared is", number ** 2)\n',
  );
  await phone.page.getByRole('button', { name: 'Run', exact: true }).click();
  await statusOf(phone.page).getByText('Done').waitFor();
  await keep(phone.page, 'phone-dark');
});
