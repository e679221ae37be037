import type { CSSProperties, ReactElement } from 'react';
import { useText } from '../text/use-text.ts';
import { attributesOf, backgroundOf, foregroundOf, paletteColour } from './ansi-style.ts';
import type { OutputLine } from './line-block.ts';
import { type AnsiSpan, parseAnsi } from './parse-ansi.ts';
import { findSourceLink, type SourceLink } from './source-link.ts';
import { splitSpans } from './split-spans.ts';

/** Text nodes and nothing else: whatever a program prints, nothing of it is markup. */
export function OutputRow({
  line,
  fileNames,
  onJump,
}: {
  readonly line: OutputLine | null;
  readonly fileNames: readonly string[];
  readonly onJump: (link: SourceLink) => void;
}): ReactElement {
  const { t } = useText();
  if (!line) return <div className="output-row" />;
  const { spans } = parseAnsi(line.text, line.style);
  const link = findSourceLink(spans.map(({ text }) => text).join(''), fileNames);
  const isError = line.stream === 'stderr';
  const className = isError ? 'output-row output-stderr' : 'output-row';
  // Told by more than its colour, to those who hear the page.
  const stream = isError && <span className="visually-hidden output-stream">{t('stderrLine')}</span>;
  if (!link) {
    return (
      <div className={className}>
        {stream}
        <Spans spans={spans} />
      </div>
    );
  }
  return (
    <div className={className}>
      {stream}
      <Spans spans={splitSpans(spans, 0, link.from)} />
      <button
        type="button"
        className="source-link"
        title={t('jumpTo', { line: link.line, file: link.file })}
        onClick={() => onJump(link)}
      >
        <Spans spans={splitSpans(spans, link.from, link.to)} />
      </button>
      <Spans spans={splitSpans(spans, link.to, Infinity)} />
    </div>
  );
}

function Spans({ spans }: { readonly spans: readonly AnsiSpan[] }): ReactElement {
  return (
    <>
      {spans.map(({ text, style }, index) =>
        style === 0 ? (
          text
        ) : (
          <span key={index} className={classesOf(style)} style={coloursOf(style)}>
            {text}
          </span>
        ),
      )}
    </>
  );
}

/** The first sixteen colours are the page's own, so that they can be read on dark and on light. */
const NAMED_COLOURS = 16;

function classesOf(style: number): string {
  const foreground = foregroundOf(style);
  const background = backgroundOf(style);
  return [
    ...attributesOf(style).map((attribute) => `ansi-${attribute}`),
    ...(foreground === null ? [] : [foreground < NAMED_COLOURS ? `ansi-fg-${foreground}` : 'ansi-fg']),
    ...(background === null ? [] : [background < NAMED_COLOURS ? `ansi-bg-${background}` : 'ansi-bg']),
  ].join(' ');
}

function coloursOf(style: number): CSSProperties | undefined {
  const foreground = foregroundOf(style);
  const background = backgroundOf(style);
  const colours: Record<string, string> = {};
  if (foreground !== null && foreground >= NAMED_COLOURS) colours['--ansi-fg'] = paletteColour(foreground);
  if (background !== null && background >= NAMED_COLOURS) colours['--ansi-bg'] = paletteColour(background);
  return colours;
}
