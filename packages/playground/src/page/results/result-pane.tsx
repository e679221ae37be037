import { type ReactElement, useEffect, useRef } from 'react';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { TabList, TabPanel } from '../parts/tab-list.tsx';
import { useText } from '../text/use-text.ts';
import { ArtifactList } from './artifact-list.tsx';
import { AttemptList } from './attempt-list.tsx';
import { OutputPanel } from './output-panel.tsx';
import { OutputTools } from './output-tools.tsx';
import { ResultDetails } from './result-details.tsx';
import { RunNotices } from './run-notices.tsx';
import { RunStatus } from './run-status.tsx';

/** The same as in the styles of the layout. */
const STACKED = '(max-width: 1180px)';

export function ResultPane(): ReactElement {
  const { t } = useText();
  const { store } = usePlayground();
  const run = useApp((state) => state.run);
  const tab = useApp((state) => state.outputTab);
  const pane = useRef<HTMLElement>(null);
  const startedId = useApp((state) => (state.isEditorFollowing ? (state.run?.summary.id ?? null) : null));
  useEffect(() => {
    // Where the panes lie below each other, the result of Run would begin out of sight.
    if (startedId !== null && matchMedia(STACKED).matches) pane.current?.scrollIntoView({ block: 'start' });
  }, [startedId]);
  const fileCount = run?.result?.artifacts.length ?? 0;
  return (
    <section ref={pane} className="pane pane-result" aria-label={t('result')}>
      <h2 className="visually-hidden">{t('result')}</h2>
      <RunStatus run={run} />
      {run && <RunNotices run={run} />}
      <div className="pane-head">
        <TabList
          label={t('result')}
          name="result"
          selected={tab}
          onSelect={(next) => store.dispatch({ type: 'output-tab', tab: next })}
          tabs={[
            { id: 'output', label: t('output') },
            ...(run && run.attempts.length > 0
              ? [
                  {
                    id: 'attempts' as const,
                    label: <Counted label={t('attemptsTab')} count={run.attempts.length} />,
                  },
                ]
              : []),
            { id: 'files', label: <Counted label={t('filesTab')} count={fileCount} /> },
            { id: 'details', label: t('detailsTab') },
          ]}
        />
        {tab === 'output' && <OutputTools />}
      </div>
      <TabPanel name="result" selected={tab} className="pane-body">
        {tab === 'output' && <OutputPanel run={run} />}
        {tab === 'attempts' && run && <AttemptList run={run} />}
        {tab === 'files' && <ArtifactList run={run} />}
        {tab === 'details' && <ResultDetails run={run} />}
      </TabPanel>
    </section>
  );
}

function Counted({ label, count }: { readonly label: string; readonly count: number }): ReactElement {
  return (
    <>
      {label}
      {count > 0 && <span className="count">{count}</span>}
    </>
  );
}
