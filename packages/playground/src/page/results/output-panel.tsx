import { type ReactElement, useSyncExternalStore } from 'react';
import { OutputList } from '../output/output-list.tsx';
import { usePlayground } from '../parts/app-context.ts';
import type { RunView } from '../state/run-view.ts';
import { useText } from '../text/use-text.ts';

export function OutputPanel({ run }: { readonly run: RunView | null }): ReactElement {
  const { t } = useText();
  const { output } = usePlayground();
  const isEmpty = useSyncExternalStore(output.subscribe, () => output.endLine === 0);
  if (!isEmpty) return <OutputList />;
  return <p className="empty">{t(reasonFor(run))}</p>;
}

/** A program that could not be run has not printed nothing. */
function reasonFor(run: RunView | null): 'outputEmpty' | 'outputNotRun' | 'outputNone' | 'statusRunning' {
  if (run === null) return 'outputEmpty';
  if (!run.isOver) return 'statusRunning';
  return run.failure === null ? 'outputNone' : 'outputNotRun';
}
