import { type ReactElement, useEffect } from 'react';
import { EditorPane } from './editor/editor-pane.tsx';
import { RequirementBox } from './editor/requirement-box.tsx';
import { takeFiles } from './editor/take-files.ts';
import { Header } from './header.tsx';
import { useApp, usePlayground } from './parts/app-context.ts';
import { CopyButton } from './parts/copy-button.tsx';
import { Icon, Mark } from './parts/icons.tsx';
import { PageBoundary } from './parts/page-boundary.tsx';
import { ResultPane } from './results/result-pane.tsx';
import { SideBar } from './side-bar/side-bar.tsx';
import { useText } from './text/use-text.ts';

export function App(): ReactElement {
  return (
    <PageBoundary>
      <Page />
    </PageBoundary>
  );
}

function Page(): ReactElement {
  const { locale } = useText();
  const playground = usePlayground();
  const connection = useApp((state) => state.connection);
  const theme = useApp((state) => state.preferences.theme);
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset['theme'] = theme;
  }, [locale, theme]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      const { run } = playground.state;
      if (!run || run.isOver) void playground.run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [playground]);
  useEffect(() => {
    // Beside the editor too: a browser would leave the page for a file that is dropped on it.
    const onFiles = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      if (event.type === 'drop') void takeFiles(playground, [...event.dataTransfer.files]);
    };
    document.addEventListener('dragover', onFiles);
    document.addEventListener('drop', onFiles);
    return () => {
      document.removeEventListener('dragover', onFiles);
      document.removeEventListener('drop', onFiles);
    };
  }, [playground]);
  if (connection === 'refused') return <Refused />;
  return (
    <div className="page">
      <Header />
      <Banner />
      <SideBar />
      <Veil />
      <main className="main">
        <RequirementBox />
        <div className="work">
          <EditorPane />
          <ResultPane />
        </div>
      </main>
    </div>
  );
}

/** Beside the open side bar of a narrow page: closes it. */
function Veil(): ReactElement | null {
  const { store } = usePlayground();
  const isOpen = useApp((state) => state.isSideOpen);
  if (!isOpen) return null;
  return (
    <div
      className="veil"
      aria-hidden="true"
      onClick={() => store.dispatch({ type: 'side-open', isOpen: false })}
    />
  );
}

function Banner(): ReactElement | null {
  const { t } = useText();
  const { store } = usePlayground();
  const connection = useApp((state) => state.connection);
  const notice = useApp((state) => state.notice);
  if (connection === 'away') {
    return (
      <div className="banner banner-bad" role="alert">
        <Icon name="alert" />
        <p>
          {t('away')}
          <span className="banner-hint">
            {t('startAgain')} <code>{startCommand()}</code>
          </span>
        </p>
        <CopyButton label={t('copy')} text={startCommand} />
      </div>
    );
  }
  if (!notice) return null;
  return (
    <div className="banner banner-bad" role="alert">
      <Icon name="alert" />
      <p>
        {notice.message}
        {notice.hint && <span className="banner-hint">{notice.hint}</span>}
      </p>
      <button
        type="button"
        className="button-icon"
        aria-label={t('dismiss')}
        onClick={() => store.dispatch({ type: 'notice', notice: null })}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

/** A page comes back with the server of its own port alone, which need not be the usual one. */
const startCommand = (): string => `cloche ui --no-open --port ${location.port}`;

function Refused(): ReactElement {
  const { t } = useText();
  return (
    <main className="refused">
      <Mark />
      <h1>{t('refusedTitle')}</h1>
      <p>{t('refusedText')}</p>
      <div className="command">
        <code>cloche ui</code>
        <CopyButton label={t('copy')} text={() => 'cloche ui'} />
      </div>
      <p className="hint">{t('refusedTabs')}</p>
    </main>
  );
}
