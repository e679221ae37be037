import type { Locator, Page } from 'playwright-core';

/** A language by the name that the page shows. */
export async function chooseLanguage(page: Page, id: string): Promise<void> {
  const choice = page.getByRole('combobox', { name: 'Language', exact: true });
  await choice.selectOption(id);
  // The example of the language has to be there before another program takes its place.
  await page.locator('.cm-line').filter({ hasText: /\S/u }).first().waitFor();
}

/** What a person does: selects everything, and pastes. */
export async function writeProgram(page: Page, code: string): Promise<void> {
  const editor = page.locator('.cm-content');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(code)})`);
  await page.keyboard.press('ControlOrMeta+v');
}

export async function runProgram(page: Page, code: string): Promise<void> {
  await writeProgram(page, code);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
}

export const statusOf = (page: Page): Locator => page.locator('.run-status-main');
export const outputOf = (page: Page): Locator => page.getByRole('region', { name: 'Output of the program' });
