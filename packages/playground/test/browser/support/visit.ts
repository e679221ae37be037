import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';
import { findBrowser } from './find-browser.ts';
import { openPlayground, type TestPlayground, type TestPlaygroundOptions } from './open-playground.ts';

let opened: Promise<Browser> | null = null;

function openBrowser(): Promise<Browser> {
  opened ??= chromium.launch({
    executablePath: findBrowser() ?? '',
    // Root has no sandbox for it; what it loads is this page alone.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return opened;
}

afterAll(async () => {
  await (await opened)?.close();
  opened = null;
});

export interface Visit {
  readonly page: Page;
  readonly playground: TestPlayground;
  /** What the browser complained of: scripts that failed, a policy that was broken. */
  readonly complaints: readonly string[];
}

export interface VisitOptions extends TestPlaygroundOptions {
  readonly context?: BrowserContextOptions;
  /** Of an address that is refused, for example. Default: nothing is. */
  readonly expectsComplaints?: boolean;
}

const VIEWPORT = { width: 1440, height: 900 };

/** A page of its own in a server of its own, gone with the test; nothing may be complained of in it. */
export async function visit(options: VisitOptions = {}): Promise<Visit> {
  const playground = await openPlayground(options);
  onTestFinished(() => playground[Symbol.asyncDispose]());
  const { page, complaints } = await openPage(playground.serving.address(), options.context);
  await page.getByRole('button', { name: /^(Run|运行)$/u }).waitFor();
  await page.locator('.cm-content').waitFor();
  await page.getByText('Connected').or(page.getByText('已连接')).waitFor();
  if (options.expectsComplaints !== true) onTestFinished(() => expect(complaints).toEqual([]));
  return { page, playground, complaints };
}

export async function openPage(
  address: string,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: VIEWPORT, colorScheme: 'light', ...options });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(20_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(address);
  return { page, complaints };
}
