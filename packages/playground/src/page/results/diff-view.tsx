import { memo, type ReactElement, useMemo } from 'react';
import { useText } from '../text/use-text.ts';
import { visibleText } from '../text/visible-text.ts';
import type { DiffLine } from './diff-lines.ts';
import { diffParts } from './diff-parts.ts';

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', added: '+', removed: '-' };

interface Props {
  readonly before: string | null;
  readonly after: string;
}

/** A program, or what changed to the one before. Compared when one of them changes, and not with each event of the run. */
export const DiffView = memo(function DiffView({ before, after }: Props): ReactElement {
  const { t } = useText();
  const parts = useMemo(() => (before === null ? null : diffParts(before, after)), [before, after]);
  return (
    <pre className="diff" tabIndex={0}>
      {parts === null
        ? visibleText(after)
        : parts.map((part, index) =>
            part.kind === 'gap' ? (
              <span key={index} className="diff-line diff-gap">
                {t('unchangedLines', { count: part.count })}
                {'\n'}
              </span>
            ) : (
              <span key={index} className={`diff-line diff-${part.line.kind}`}>
                <span className="diff-number">{part.line.before ?? ''}</span>
                <span className="diff-number">{part.line.after ?? ''}</span>
                {SIGNS[part.line.kind]} {visibleText(part.line.text)}
                {'\n'}
              </span>
            ),
          )}
    </pre>
  );
});
