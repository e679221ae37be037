import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { outputOf, runProgram, statusOf } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { openPlayground } from './support/open-playground.ts';
import { openPage, visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);
vi.setConfig({ testTimeout: 60_000 });

const SLOW = 'import time\nprint("begun", flush=True)\ntime.sleep(8)\nprint("over")\n';

test('a run that is let go of while it runs goes on without its page', async () => {
  const { page } = await visit({ expectsComplaints: true });
  const tied = page.getByRole('switch', { name: 'End the run when this page closes' });
  await tied.check();
  await runProgram(page, SLOW);
  await outputOf(page).getByText('begun').waitFor();
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.url().includes('/events?')),
    tied.uncheck(),
  ]);
  expect(new URL(request.url()).searchParams.get('detached')).toBe('1');
  await page.waitForTimeout(500);
  const address = page.url();
  await page.goto('about:blank');
  await page.waitForTimeout(7000);
  await page.goto(address);
  await outputOf(page).getByText('over').waitFor();
  await statusOf(page).getByText('Done').waitFor();
});

test('an answer that breaks off is told, and the next run starts', async () => {
  const { page } = await visit({ expectsComplaints: true });
  let isBroken = true;
  await page.route('**/api/runs', async (route) => {
    if (!isBroken || route.request().method() !== 'POST') return route.continue();
    isBroken = false;
    await route.fulfill({ status: 201, contentType: 'application/json', body: '{"id": "cut' });
  });
  await runProgram(page, 'print("first")\n');
  await page.getByText('The page failed').waitFor();
  await runProgram(page, 'print("second")\n');
  await outputOf(page).getByText('second').waitFor();
});

test('events that the page cannot read end the reading, with a word about it', async () => {
  const { page } = await visit({ expectsComplaints: true });
  let requests = 0;
  await page.route('**/events?*', async (route) => {
    requests += 1;
    await route.fulfill({ contentType: 'text/event-stream', body: 'id: 1\ndata: {no JSON}\n\n' });
  });
  await runProgram(page, 'print(1)\n');
  await page.getByText('The page failed').waitFor();
  await page.waitForTimeout(1500);
  expect(requests).toBe(1);
  await expect.poll(() => page.getByRole('button', { name: 'Run', exact: true }).isEnabled()).toBe(true);
});

test('a run whose end was not kept is not shown as running for ever', async () => {
  const { page } = await visit({ expectsComplaints: true });
  await page.route('**/events?*', (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: 'retry: 100\n\n' }),
  );
  await runProgram(page, 'print(1)\n');
  await page.getByText('how it ended was not kept').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Run', exact: true }).isEnabled()).toBe(true);
});

test('a change that was refused takes no later one along', async () => {
  const { page } = await visit({ expectsComplaints: true });
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/settings', async (route) => {
    const change = route.request().method() === 'PATCH' ? route.request().postData() : null;
    if (change?.includes('timeoutMs') === true) await held;
    await route.continue();
  });
  const time = page.getByLabel('Time, seconds');
  const before = await time.inputValue();
  await time.fill('99999999');
  await page.keyboard.press('Enter');
  const memory = page.getByLabel('Memory, MiB');
  await memory.fill('128');
  await page.keyboard.press('Enter');
  await page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  release();
  await expect.poll(() => time.inputValue()).toBe(before);
  expect(await memory.inputValue()).toBe('128');
});

test('an example and a grammar that do not load are told, and the page works without', async () => {
  const playground = await openPlayground();
  onTestFinished(() => playground[Symbol.asyncDispose]());
  const { page, complaints } = await openPage('about:blank');
  await page.route(/assets\/(?:fibonacci|lang-python|dist)[^/]*\.js$/u, (route) => route.abort());
  await page.goto(playground.serving.address());
  await page.getByRole('alert').getByText('The page failed').waitFor();
  await runProgram(page, 'print("without")\n');
  await outputOf(page).getByText('without').waitFor();
  expect(complaints.filter((text) => text.includes('imported module'))).toEqual([]);
});

test('a server that lets the page in and cannot be understood is told', async () => {
  const playground = await openPlayground();
  onTestFinished(() => playground[Symbol.asyncDispose]());
  const { page, complaints } = await openPage('about:blank');
  await page.route('**/api/sessions', (route) => route.fulfill({ status: 201, body: 'no JSON' }));
  await page.goto(playground.serving.address());
  await page.getByRole('alert').getByText('The page failed').waitFor();
  expect(complaints).toEqual([]);
});

test('a run that was started while the history was asked for does not vanish from it', async () => {
  const { page } = await visit({ expectsComplaints: true });
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/runs', async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const answer = await route.fetch();
    await held;
    await route.fulfill({ response: answer });
  });
  // A refused change has the page look anew.
  await page.getByLabel('Time, seconds').fill('99999999');
  const [look] = await Promise.all([
    page.waitForRequest((sent) => sent.url().endsWith('/api/runs') && sent.method() === 'GET'),
    page.keyboard.press('Enter'),
  ]);
  await runProgram(page, 'print("of the history")\n');
  await outputOf(page).getByText('of the history').waitFor();
  release();
  await (await look.response())?.finished();
  await page.getByRole('tab', { name: /History/u }).click();
  await page.waitForTimeout(500);
  expect(await page.getByRole('button', { name: /of the history/u }).count()).not.toBe(0);
});
