import type { ReactElement } from 'react';
import { useText } from '../text/use-text.ts';
import { visibleText } from '../text/visible-text.ts';
import { type DiffLine, diffLines } from './diff-lines.ts';

const CONTEXT_LINES = 3;
const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', added: '+', removed: '-' };

/** A program, or what changed to the one before: unchanged lines far from a change are left out. */
export function DiffView({
  before,
  after,
}: {
  readonly before: string | null;
  readonly after: string;
}): ReactElement {
  const { t } = useText();
  const lines = before === null ? null : diffLines(before, after);
  if (lines === null) {
    return (
      <pre className="diff" tabIndex={0}>
        {visibleText(after)}
      </pre>
    );
  }
  const isNear = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1)
      .some(({ kind }) => kind !== 'same'),
  );
  const parts: ReactElement[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line) break;
    if (isNear[index]) {
      parts.push(
        <span key={index} className={`diff-line diff-${line.kind}`}>
          <span className="diff-number">{line.before ?? ''}</span>
          <span className="diff-number">{line.after ?? ''}</span>
          {SIGNS[line.kind]} {visibleText(line.text)}
          {'\n'}
        </span>,
      );
      continue;
    }
    let end = index;
    while (end < lines.length && !isNear[end]) end += 1;
    parts.push(
      <span key={index} className="diff-line diff-gap">
        {t('unchangedLines', { count: end - index })}
        {'\n'}
      </span>,
    );
    index = end - 1;
  }
  return (
    <pre className="diff" tabIndex={0}>
      {parts}
    </pre>
  );
}
