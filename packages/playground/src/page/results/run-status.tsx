import type { ReactElement } from 'react';
import type { PhaseInfo } from '../../api/run-event.ts';
import type { RunView } from '../state/run-view.ts';
import { formatDuration } from '../text/format.ts';
import { isolationKey } from '../text/isolation-key.ts';
import { useText } from '../text/use-text.ts';
import { RunCopiesMenu } from './run-copies-menu.tsx';
import { statusOfRun } from './status-of-run.ts';

/** How it ended or what it does, told to screen readers when it changes. */
export function RunStatus({ run }: { readonly run: RunView | null }): ReactElement {
  const { t } = useText();
  const status = run && statusOfRun(run);
  const result = run?.result;
  const last = result?.phases.at(-1);
  return (
    <div className="run-status">
      <div role="status" className="run-status-main">
        {status ? (
          <span className={`status status-${status.tone}`}>
            <span className={`dot dot-${status.tone}`} />
            {t(status.key)}
            {run?.stage?.detail && !run.isOver && <span className="status-detail">{run.stage.detail}</span>}
          </span>
        ) : (
          <span className="status status-unknown">{t('result')}</span>
        )}
        {last && <Ending phase={last} />}
        {result && (
          <span className="fact">
            {t('ranOn', {
              name: result.executor.name,
              isolation: t(isolationKey(result.executor.isolation)),
            })}
          </span>
        )}
        {result?.phases.map((phase) => (
          <span key={phase.phase} className="fact">
            {t(`phase_${phase.phase}`)} {formatDuration(phase.durationMs)}
          </span>
        ))}
      </div>
      {run?.copies && <RunCopiesMenu copies={run.copies} summary={run.summary} />}
    </div>
  );
}

function Ending({ phase }: { readonly phase: PhaseInfo }): ReactElement | null {
  const { t } = useText();
  if (phase.signal !== null)
    return <span className="fact mono">{t('signal', { signal: phase.signal })}</span>;
  if (phase.exitCode === null) return null;
  return <span className="fact mono">{t('exitCode', { code: phase.exitCode })}</span>;
}
