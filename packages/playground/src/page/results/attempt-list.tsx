import { lazy, memo, type ReactElement, Suspense } from 'react';
import { usePlayground } from '../parts/app-context.ts';
import { draftOfProgram } from '../state/draft.ts';
import type { AttemptView, RunView } from '../state/run-view.ts';
import { formatDuration } from '../text/format.ts';
import { useText } from '../text/use-text.ts';
import { visibleText } from '../text/visible-text.ts';

const DiffView = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }));

/** Newest last, as they happened; each with what changed. */
export function AttemptList({ run }: { readonly run: RunView }): ReactElement {
  const { t } = useText();
  return (
    <div className="attempts">
      {run.generation?.explanation && (
        <div className="note note-quiet">
          <p className="note-label">{t('explanation')}</p>
          <p>{visibleText(run.generation.explanation)}</p>
        </div>
      )}
      <ol className="attempt-list">
        {run.attempts.map((attempt, index) => (
          <Attempt
            key={attempt.number}
            attempt={attempt}
            before={run.attempts[index - 1] ?? null}
            isLast={index === run.attempts.length - 1}
          />
        ))}
      </ol>
    </div>
  );
}

/** Drawn anew when it changes, and not with each event of the run. */
const Attempt = memo(function Attempt({
  attempt,
  before,
  isLast,
}: {
  readonly attempt: AttemptView;
  readonly before: AttemptView | null;
  readonly isLast: boolean;
}): ReactElement {
  const { t } = useText();
  const { store } = usePlayground();
  const tone = attempt.status === null ? 'busy' : attempt.status === 'ok' ? 'good' : 'bad';
  const { language } = attempt;
  return (
    <li className="attempt">
      <div className="attempt-head">
        <h3>{t('attempt', { number: attempt.number })}</h3>
        <span className={`status status-${tone}`}>
          <span className={`dot dot-${tone}`} />
          {attempt.status === null
            ? t(attempt.isWriting ? 'attemptWriting' : 'attemptRunning')
            : t(`status_${attempt.status}`)}
        </span>
        {attempt.durationMs !== null && <span className="fact">{formatDuration(attempt.durationMs)}</span>}
        {language && attempt.code !== '' && (
          <button
            type="button"
            className="button button-quiet"
            onClick={() =>
              store.dispatch({
                type: 'load-draft',
                language,
                draft: draftOfProgram(language, attempt.code, attempt.fileName ?? undefined),
              })
            }
          >
            {t('useProgram')}
          </button>
        )}
      </div>
      {attempt.error !== null && (
        <details className="attempt-error" open={isLast}>
          <summary>{t('shownToModel')}</summary>
          <pre tabIndex={0}>{visibleText(attempt.error)}</pre>
        </details>
      )}
      {attempt.code !== '' && (
        <details open>
          <summary>{before ? t('differenceTo', { number: before.number }) : t('program')}</summary>
          <Suspense fallback={<pre>{visibleText(attempt.code)}</pre>}>
            <DiffView before={before?.code ?? null} after={attempt.code} />
          </Suspense>
        </details>
      )}
    </li>
  );
});
