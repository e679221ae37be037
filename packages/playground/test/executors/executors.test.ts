import { findDaytonaServerSupport, startDaytonaServer } from '@cloche/daytona-test-server';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { outputOf, runProgram, statusOf } from '../browser/support/drive.ts';
import { skipWithoutBrowser } from '../browser/support/find-browser.ts';
import { visit } from '../browser/support/visit.ts';

beforeEach(skipWithoutBrowser);

const EXECUTORS = {
  local: () => import('@cloche/executor-local'),
  docker: () => import('@cloche/executor-docker'),
  daytona: () => import('@cloche/executor-daytona'),
};

test('auto falls back where no engine answers, and says so', async () => {
  const { page } = await visit({
    executors: EXECUTORS,
    environment: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
  });
  await page.getByText('Takes local now').waitFor();
  const docker = page.locator('.choice').filter({ has: page.getByRole('radio', { name: /docker/u }) });
  await docker.getByText('unavailable').waitFor();
  await docker.getByText('/nowhere/docker.sock').waitFor();
  await runProgram(page, 'print("ran all the same")\n');
  await outputOf(page).getByText('ran all the same').waitFor();
  await page
    .locator('.notices')
    .getByText(/^docker was passed over: .*nowhere/u)
    .waitFor();
  await statusOf(page).getByText('local, process').waitFor();
});

test('an executor that was named never degrades: its reason is shown instead', async () => {
  const { page } = await visit({
    executors: EXECUTORS,
    environment: { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
  });
  await page.getByRole('radio', { name: /docker/u }).check();
  await runProgram(page, 'print("never")\n');
  await statusOf(page).getByText('Cloche could not run it').waitFor();
  await page.locator('.notice-bad').getByText('nowhere').waitFor();
});

test('what the configuration gives is locked, with the reason', async () => {
  const { page } = await visit({
    executors: EXECUTORS,
    environment: { CLOCHE_EXECUTOR: 'local', CLOCHE_TIMEOUT: '7s' },
  });
  await page.locator('.locked').first().waitFor();
  expect(await page.getByRole('radio', { name: /docker/u }).isDisabled()).toBe(true);
  expect(await page.getByRole('spinbutton', { name: 'Time, seconds' }).isDisabled()).toBe(true);
  expect(await page.getByRole('spinbutton', { name: 'Time, seconds' }).inputValue()).toBe('7');
  expect(await page.locator('.locked').allTextContents()).toContainEqual(
    expect.stringContaining('CLOCHE_EXECUTOR'),
  );
});

test('a key for Daytona is taken, used, and kept in the user’s file when asked', async (context) => {
  const support = findDaytonaServerSupport();
  context.skip(!support.available, support.available ? '' : support.reason);
  await using daytona = await startDaytonaServer();
  const { page, playground } = await visit({ executors: EXECUTORS });
  await page.getByRole('radio', { name: /daytona/u }).check();
  await page.getByLabel('API address').fill(daytona.apiUrl);
  await page.getByLabel('API address').press('Enter');
  await page.getByLabel('API key').fill(daytona.apiKey);
  await page.getByRole('checkbox', { name: 'Save for later' }).check();
  await page.getByText('readable by you alone').waitFor();
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByText('A key is set').waitFor();
  await runProgram(page, 'print("from the cloud")\n');
  await outputOf(page).getByText('from the cloud').waitFor();
  await statusOf(page)
    .getByText(/^daytona, /u)
    .waitFor();
  expect(await page.content()).not.toContain(daytona.apiKey);

  const file = join(playground.home, '.config/cloche/config.toml');
  expect(await readFile(file, 'utf8')).toContain(daytona.apiKey);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('limits that were chosen hold', async () => {
  const { page } = await visit();
  await page.getByRole('spinbutton', { name: 'Time, seconds' }).fill('1');
  await page.getByRole('spinbutton', { name: 'Time, seconds' }).press('Enter');
  await runProgram(page, 'import time\nprint("begun", flush=True)\ntime.sleep(60)\n');
  await statusOf(page).getByText('Out of time').waitFor();
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('row', { name: /^Time.*1\.00 s/u }).waitFor();
});
