import { type ReactElement, useSyncExternalStore } from 'react';
import { OutputList } from '../output/output-list.tsx';
import { plainText } from '../output/parse-ansi.ts';
import { usePlayground } from '../parts/app-context.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icons.tsx';
import { saveAs } from '../parts/save-as.ts';
import type { RunView } from '../state/run-view.ts';
import { formatCount } from '../text/format.ts';
import { useText } from '../text/use-text.ts';

export function OutputPanel({ run }: { readonly run: RunView | null }): ReactElement {
  const { t, locale } = useText();
  const { output } = usePlayground();
  const count = useSyncExternalStore(output.subscribe, () => output.endLine - output.firstLine);
  if (count === 0) {
    return <p className="empty">{t(run?.isOver ? 'outputNone' : run ? 'statusRunning' : 'outputEmpty')}</p>;
  }
  const wholeText = (): string => [...output.lines()].map(({ text }) => `${plainText(text)}\n`).join('');
  return (
    <div className="output">
      <div className="output-tools">
        <span className="faint">{t('outputLines', { count: formatCount(count, locale) })}</span>
        <CopyButton label={t('copyOutput')} text={wholeText} />
        <button
          type="button"
          className="button-icon"
          aria-label={t('saveOutput')}
          title={t('saveOutput')}
          onClick={() => saveAs('output.txt', new Blob([wholeText()], { type: 'text/plain' }))}
        >
          <Icon name="download" />
        </button>
      </div>
      <OutputList />
    </div>
  );
}
