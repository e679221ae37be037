import type { ReactElement } from 'react';
import type { RunSummary } from '../../api/runs.ts';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import { formatDuration, formatTime } from '../text/format.ts';
import { toneOf } from '../results/status-tone.ts';
import type { MessageKey } from '../text/messages.ts';
import { useText } from '../text/use-text.ts';

export function HistoryList(): ReactElement {
  const { t } = useText();
  const history = useApp((state) => state.history);
  if (history.length === 0) return <p className="empty">{t('noHistory')}</p>;
  return (
    <ol className="history">
      {history.map((summary) => (
        <HistoryItem key={summary.id} summary={summary} />
      ))}
    </ol>
  );
}

function HistoryItem({ summary }: { readonly summary: RunSummary }): ReactElement {
  const { t, locale } = useText();
  const playground = usePlayground();
  const isShown = useApp((state) => state.run?.summary.id === summary.id);
  const status = summary.state === 'failed' ? t('platformFailed') : statusText(summary, t);
  const facts = [
    formatTime(summary.startedAt, locale),
    summary.language,
    summary.durationMs === null ? null : formatDuration(summary.durationMs),
    summary.kind === 'generate' ? t('generated') : null,
  ].filter((fact) => fact !== null);
  const title = summary.title === '' ? '…' : summary.title;
  return (
    <li className={isShown ? 'history-item history-shown' : 'history-item'}>
      <button
        type="button"
        className="history-open"
        aria-current={isShown}
        onClick={() => void playground.open(summary)}
      >
        <span className="history-title">
          <span className={`dot dot-${toneOf(summary)}`} />
          <span className="history-name">{title}</span>
        </span>
        <span className="history-facts">
          {status} · {facts.join(' · ')}
        </span>
      </button>
      <span className="history-actions">
        <button
          type="button"
          className="button-icon"
          aria-label={`${t('rerun')}: ${title}`}
          title={t('rerun')}
          onClick={() => void playground.rerun(summary)}
        >
          <Icon name="play" />
        </button>
        <button
          type="button"
          className="button-icon"
          aria-label={`${t('forget')}: ${title}`}
          title={t('forget')}
          onClick={() => void playground.forget(summary)}
        >
          <Icon name="trash" />
        </button>
      </span>
    </li>
  );
}

function statusText(summary: RunSummary, t: (key: MessageKey) => string): string {
  return summary.status === null ? t('statusRunning') : t(`status_${summary.status}`);
}
