import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { PageVisit } from './page-visit.ts';
import { PAGE_WATCH } from './page-watch.ts';

const VIEWPORT = { width: 1440, height: 900 };

/** A headless browser that opens the page again and again, each time as if it had never seen it. */
export class PageVisitor implements AsyncDisposable {
  readonly #browser: Browser;
  #address: string;

  private constructor(browser: Browser, address: string) {
    this.#browser = browser;
    this.#address = address;
  }

  static async launch(executablePath: string, address: string): Promise<PageVisitor> {
    const browser = await chromium.launch({
      executablePath,
      // Root has no sandbox for it; what it loads is this page alone.
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    return new PageVisitor(browser, address);
  }

  /** @param prepare before the page is asked for */
  async visit(prepare?: (session: CDPSession) => Promise<void>): Promise<PageVisit> {
    const context = await this.#browser.newContext({ viewport: VIEWPORT, locale: 'en-US' });
    try {
      return await this.#visitIn(context, prepare);
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  async #visitIn(
    context: BrowserContext,
    prepare: ((session: CDPSession) => Promise<void>) | undefined,
  ): Promise<PageVisit> {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page: Page = await context.newPage();
    const session = await context.newCDPSession(page);
    await page.addInitScript(PAGE_WATCH);
    await prepare?.(session);
    await page.goto(this.#address, { waitUntil: 'commit' });
    const visit = new PageVisit(page, session);
    await visit.until('benchNotes.readyMs !== null');
    // A ticket is good once; the page has put the next one there.
    this.#address = page.url();
    return visit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
  }
}
