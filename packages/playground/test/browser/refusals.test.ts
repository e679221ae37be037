import { beforeEach, describe, expect, test } from 'vitest';
import { openBarePage } from './support/bare-page.ts';
import { outputOf, runProgram, statusOf } from './support/drive.ts';
import { skipWithoutBrowser } from './support/find-browser.ts';
import { openPlayground } from './support/open-playground.ts';
import { openPage, visit } from './support/visit.ts';

beforeEach(skipWithoutBrowser);

describe('who comes in', () => {
  test('an address lets in one page, once, and says so to the next', async () => {
    const { page, playground } = await visit();
    const used = playground.serving.address();
    const first = await openPage(used);
    await first.page.getByText('Connected').waitFor();
    const second = await openPage(used);
    await second.page.getByRole('heading', { name: 'This address has been used' }).waitFor();
    expect(await page.getByText('Connected').count()).toBe(1);
  });

  test('a page without a ticket shows nothing but where to get one', async () => {
    const { playground } = await visit();
    const { page } = await openPage(playground.serving.url);
    await page.getByText('cloche ui', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Run', exact: true }).count()).toBe(0);
  });

  test('a second tab of the same browser is let in by the first', async () => {
    // The browser tells of every request that was refused.
    const { page } = await visit({ expectsComplaints: true });
    await runProgram(page, 'print("seen by both")\n');
    await statusOf(page).getByText('Done').waitFor();
    const copy = await page.context().newPage();
    // As a browser copies a tab: with the ticket that the first one needs for its own reload.
    const ticket = new URL(page.url()).hash;
    await copy.goto(`${new URL(page.url()).origin}/${ticket}`);
    await outputOf(copy).getByText('seen by both').waitFor();
    await page.reload();
    await outputOf(page).getByText('seen by both').waitFor();
  });

  test('no key and no token is in what the browser keeps, or in the address', async () => {
    const { page, playground } = await visit();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.getByRole('radio', { name: /daytona/u }).check();
    await page.getByLabel('API key').fill('dtn_a-key-that-nobody-may-see');
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByText('A key is set').waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
        document.cookie,
        location.href,
      ]),
    );
    expect(kept).not.toContain('dtn_');
    expect(requests.filter((url) => url.includes('dtn_'))).toEqual([]);
    expect(requests.every((url) => url.startsWith(playground.serving.url))).toBe(true);
    expect(await page.content()).not.toContain('dtn_');
  });
});

describe('another page of the same browser', () => {
  test('asks the server in vain: it refuses, and the browser keeps the answer', async () => {
    const { playground } = await visit();
    await using other = await openBarePage();
    const { page } = await openPage(other.url);
    const settings = `${playground.serving.url}api/settings`;
    const read = await page.evaluate(async (url) => {
      try {
        return (await fetch(url)).status;
      } catch {
        return 'refused';
      }
    }, settings);
    expect(read).toBe('refused');
    // Sent without asking first: the answer comes, and says itself that this page may not have it.
    const [failed] = await Promise.all([
      page.waitForEvent('requestfailed', (request) => request.url() === settings),
      page.evaluate(async (url) => {
        try {
          await fetch(url, { method: 'POST', mode: 'no-cors', body: '{}' });
        } catch {
          // Not even that it was answered is told.
        }
      }, settings),
    ]);
    expect(failed.failure()?.errorText).toMatch(/BLOCKED_BY_RESPONSE/u);
  });

  test('cannot show it in a frame', async () => {
    const { playground } = await visit();
    await using other = await openBarePage();
    const { page } = await openPage(other.url);
    const frame = async (address: string): Promise<string | undefined> => {
      await page.evaluate(async (url) => {
        const element = document.createElement('iframe');
        const isLoaded = new Promise((resolve) => {
          element.addEventListener('load', resolve);
        });
        element.src = url;
        document.body.replaceChildren(element);
        await isLoaded;
      }, address);
      return page
        .frames()
        .find((known) => known.parentFrame() !== null)
        ?.url();
    };
    // Frames work here: what is not framed has refused it.
    expect(await frame(other.url)).toBe(other.url);
    const address = playground.serving.address();
    expect(await frame(address)).toBe('chrome-error://chromewebdata/');
    // Nor was its ticket used up in there.
    const { page: own } = await openPage(address);
    await own.getByText('Connected').waitFor();
  });

  test('finds its origin refused, whatever token it has', async () => {
    const { playground } = await visit();
    const { url } = playground.serving;
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${url}api/sessions`, { method: 'POST', headers })).status;
    const ticket = new URL(playground.serving.address()).hash.slice(1);
    expect(await ask({ authorization: `Bearer ${ticket}`, origin: 'http://evil.example' })).toBe(403);
    expect(await ask({ authorization: 'Bearer made-up' })).toBe(401);
    expect(await ask({ authorization: `Bearer ${ticket}`, origin: new URL(url).origin })).toBe(201);
  });
});

test('a server that stops is said, and the page comes back with it', async () => {
  const first = await openPlayground();
  const { port } = first.serving;
  const { page } = await openPage(first.serving.address());
  await runProgram(page, 'import time\nprint("begun", flush=True)\ntime.sleep(60)\n');
  await outputOf(page).getByText('begun').waitFor();
  await first.serving.close();
  await page.getByRole('alert').getByText('The server has stopped').waitFor();
  await page.getByRole('alert').getByText(`cloche ui --no-open --port ${port}`).waitFor();
  await using again = await openPlayground({ port, home: first.home });
  expect(again.serving.port).toBe(port);
  await page.getByText('Connected').waitFor();
  await runProgram(page, 'print("back")\n');
  await outputOf(page).getByText('back').waitFor();
  await first[Symbol.asyncDispose]();
});
