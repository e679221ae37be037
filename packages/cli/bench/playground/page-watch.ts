/** What the page itself notes down: when it was ready, when which line was there, how long it stood still. */
export interface PageNotes {
  /** From the navigation until somebody can type and the server lets the page in. Null: not yet. */
  readonly readyMs: number | null;
  /** By the text of a line that begins with `at` or `end`: when it was in the document, by the clock of the system. */
  readonly shownAtMs: Readonly<Record<string, number>>;
  /** Between two frames, while they were counted. */
  readonly frameGapsMs: readonly number[];
}

/** Runs in the page, before anything of its own. */
export const PAGE_WATCH = `{
  const notes = { readyMs: null, shownAtMs: {}, frameGapsMs: [] };
  globalThis.benchNotes = notes;

  const isReady = () =>
    document.querySelector('.connection .dot-good') !== null &&
    (document.querySelector('.cm-content[contenteditable="true"]')?.textContent ?? '') !== '';
  const look = () => {
    if (notes.readyMs === null && isReady()) notes.readyMs = performance.now();
    const nowMs = Date.now();
    for (const row of document.querySelectorAll('.output-row')) {
      const text = row.textContent;
      if (/^(?:at|end) [0-9]/.test(text)) notes.shownAtMs[text] ??= nowMs;
    }
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });

  let isCounting = false;
  let lastFrameMs = 0;
  const count = (nowMs) => {
    if (!isCounting) return;
    notes.frameGapsMs.push(nowMs - lastFrameMs);
    lastFrameMs = nowMs;
    requestAnimationFrame(count);
  };
  globalThis.benchCountFrames = () => {
    notes.frameGapsMs = [];
    isCounting = true;
    lastFrameMs = performance.now();
    requestAnimationFrame(count);
  };
  globalThis.benchStopCounting = () => { isCounting = false; };
}`;
