import { type ReactElement, useMemo, useSyncExternalStore } from 'react';
import type { LineStore } from '../output/line-store.ts';
import { plainText } from '../output/parse-ansi.ts';
import { usePlayground } from '../parts/app-context.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icons.tsx';
import { saveAs } from '../parts/save-as.ts';
import { formatCount } from '../text/format.ts';
import { useText } from '../text/use-text.ts';

/** Once in so many milliseconds is often enough for a number that people read. */
const COUNTED_EVERY_MS = 100;

export function OutputTools(): ReactElement | null {
  const { t, locale } = useText();
  const { output } = usePlayground();
  const subscribe = useMemo(() => slowly(output), [output]);
  const count = useSyncExternalStore(subscribe, () => output.endLine);
  if (count === 0) return null;
  const wholeText = (): string => [...output.lines()].map(({ text }) => `${plainText(text)}\n`).join('');
  return (
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
  );
}

function slowly({ subscribe }: LineStore): LineStore['subscribe'] {
  return (listener) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const unsubscribe = subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null;
        listener();
      }, COUNTED_EVERY_MS);
    });
    return () => {
      unsubscribe();
      if (timer) clearTimeout(timer);
    };
  };
}
