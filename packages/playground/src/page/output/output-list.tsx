import { type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import { emptyDraft } from '../state/draft.ts';
import { formatCount } from '../text/format.ts';
import { useText } from '../text/use-text.ts';
import { OutputRow } from './output-row.tsx';
import { rowWindow } from './row-window.ts';

/** The same as `--row` of the styles. */
const ROW_HEIGHT_PX = 20;
const MARGIN_ROWS = 12;
/** So near to the end it is the end. */
const END_PIXELS = 24;

/** As many rows as are seen are drawn, whatever there is; it follows the end until somebody scrolls away from it. */
export function OutputList(): ReactElement {
  const { t, locale } = useText();
  const { output, store } = usePlayground();
  const language = useApp((state) => state.language);
  const known = useApp((state) => state.drafts[state.language]);
  const fileNames = (known ?? emptyDraft(language)).files.map(({ name }) => name);
  const scroller = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const [view, setView] = useState({ scrollTop: 0, height: 400 });
  const [isAtEnd, setIsAtEnd] = useState(true);
  const version = useDrawnVersion();
  const { firstLine } = output;
  const rowCount = output.endLine - firstLine;
  const rows = rowWindow({
    rowCount,
    rowHeight: ROW_HEIGHT_PX,
    viewHeight: view.height,
    scrollTop: view.scrollTop,
    margin: MARGIN_ROWS,
  });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setView({ scrollTop: element.scrollTop, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && isFollowing.current) element.scrollTop = element.scrollHeight;
  }, [version, rowCount, view.height]);

  const scrolled = (): void => {
    const element = scroller.current;
    if (!element) return;
    const isEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - END_PIXELS;
    isFollowing.current = isEnd;
    setIsAtEnd(isEnd);
    setView({ scrollTop: element.scrollTop, height: element.clientHeight });
  };

  const numbers = Array.from(
    { length: Math.max(0, rows.to - rows.from) },
    (_, index) => firstLine + rows.from + index,
  );
  return (
    <div className="output-frame">
      {firstLine > 0 && (
        <p className="output-note">{t('linesLeftOut', { count: formatCount(firstLine, locale) })}</p>
      )}
      <div
        className="output-scroll"
        ref={scroller}
        role="region"
        aria-label={t('outputLabel')}
        // Scrolled with the keyboard.
        tabIndex={0}
        onScroll={scrolled}
      >
        <div className="output-height" style={{ height: rows.height }}>
          <div className="output-rows" style={{ transform: `translateY(${rows.top}px)` }}>
            {numbers.map((number) => (
              <OutputRow
                key={number}
                line={output.line(number)}
                fileNames={fileNames}
                onJump={({ file, line, column }) => store.dispatch({ type: 'jump', file, line, column })}
              />
            ))}
          </div>
        </div>
      </div>
      {!isAtEnd && (
        <button
          type="button"
          className="button to-end"
          onClick={() => {
            const element = scroller.current;
            if (element) element.scrollTop = element.scrollHeight;
          }}
        >
          <Icon name="down" />
          {t('toEnd')}
        </button>
      )}
    </div>
  );
}

/** Of the lines, once a frame: they change far more often than a screen does. */
function useDrawnVersion(): number {
  const { output } = usePlayground();
  const [version, setVersion] = useState(output.version);
  useEffect(() => {
    let frame = 0;
    const unsubscribe = output.subscribe(() => {
      if (frame === 0) {
        frame = requestAnimationFrame(() => {
          frame = 0;
          setVersion(output.version);
        });
      }
    });
    setVersion(output.version);
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [output]);
  return version;
}
