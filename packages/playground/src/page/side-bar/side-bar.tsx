import { type ReactElement, useEffect } from 'react';
import { HistoryList } from '../history/history-list.tsx';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import { TabList, TabPanel } from '../parts/tab-list.tsx';
import { useText } from '../text/use-text.ts';
import { DaytonaSettings } from './daytona-settings.tsx';
import { ExecutorChoice } from './executor-choice.tsx';
import { GeneratorSettings } from './generator-settings.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { LimitSettings } from './limit-settings.tsx';

export function SideBar(): ReactElement {
  const { t, of } = useText();
  const { store } = usePlayground();
  const panel = useApp((state) => state.sidePanel);
  const isOpen = useApp((state) => state.isSideOpen);
  const settings = useApp((state) => state.settings);
  const count = useApp((state) => state.history.length);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') store.dispatch({ type: 'side-open', isOpen: false });
    };
    document.addEventListener('keydown', close);
    document.querySelector<HTMLElement>(`#side-tab-${panel}`)?.focus();
    return () => {
      document.removeEventListener('keydown', close);
      document.querySelector<HTMLElement>('.header-menu')?.focus();
    };
    // The focus moves when it opens, and not with its tabs.
  }, [isOpen, store]);
  return (
    <aside className={isOpen ? 'side side-open' : 'side'} id="side" aria-label={t('menu')}>
      <div className="side-head">
        <TabList
          label={t('menu')}
          name="side"
          selected={panel}
          onSelect={(next) => store.dispatch({ type: 'side-panel', panel: next })}
          tabs={[
            { id: 'settings', label: t('settings') },
            {
              id: 'history',
              label: (
                <>
                  {t('history')}
                  {count > 0 && <span className="count">{count}</span>}
                </>
              ),
            },
          ]}
        />
        <button
          type="button"
          className="button-icon side-close"
          aria-label={t('close')}
          onClick={() => store.dispatch({ type: 'side-open', isOpen: false })}
        >
          <Icon name="close" />
        </button>
      </div>
      <TabPanel name="side" selected={panel} className="side-body">
        {panel === 'history' ? (
          <HistoryList />
        ) : (
          settings && (
            <>
              <ExecutorChoice settings={settings} />
              <DaytonaSettings settings={settings} />
              <LanguageChoice settings={settings} />
              <LimitSettings settings={settings} />
              <GeneratorSettings settings={settings} />
              {settings.warnings.map((warning) => (
                <p key={warning.en} className="note">
                  {of(warning)}
                </p>
              ))}
            </>
          )
        )}
      </TabPanel>
    </aside>
  );
}
