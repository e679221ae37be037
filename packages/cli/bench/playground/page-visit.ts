import { setTimeout } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import type { PageNotes } from './page-watch.ts';

const PATIENCE_MS = 120_000;
const POLLING_MS = 50;

/** One page that is ready, in a browser that knows nothing else. */
export class PageVisit implements AsyncDisposable {
  readonly page: Page;
  readonly #session: CDPSession;

  constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  /** @param condition JavaScript, asked in the page so seldom that the asking costs nothing */
  async until(condition: string): Promise<void> {
    const deadlineMs = performance.now() + PATIENCE_MS;
    while (!(await this.page.evaluate<boolean>(condition))) {
      if (performance.now() > deadlineMs) throw new Error(`The page did not come to ${condition}.`);
      await setTimeout(POLLING_MS);
    }
  }

  notes(): Promise<PageNotes> {
    return this.page.evaluate<PageNotes>('benchNotes');
  }

  /** As a person does: pastes the program over the one that stands there, and presses Run. */
  async run(code: string): Promise<void> {
    await this.page.locator('.cm-content').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(code)})`);
    await this.page.keyboard.press('ControlOrMeta+v');
    await this.page.getByRole('button', { name: 'Run', exact: true }).click();
  }

  async untilDone(): Promise<void> {
    await this.page.locator('.run-status-main').getByText('Done').waitFor({ timeout: PATIENCE_MS });
  }

  /** Everything that JavaScript holds in the page, what nobody needs any more aside. */
  async heldBytes(): Promise<number> {
    await this.#session.send('HeapProfiler.collectGarbage');
    const { usedSize, embedderHeapUsedSize, backingStorageSize } =
      await this.#session.send('Runtime.getHeapUsage');
    return usedSize + embedderHeapUsedSize + backingStorageSize;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}
