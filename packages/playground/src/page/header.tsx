import type { ReactElement } from 'react';
import { useApp, usePlayground } from './parts/app-context.ts';
import { Icon, type IconName, Mark } from './parts/icons.tsx';
import type { Theme } from './state/app-state.ts';
import type { MessageKey } from './text/messages.ts';
import { useText } from './text/use-text.ts';

const THEMES: Readonly<Record<Theme, { icon: IconName; key: MessageKey; next: Theme }>> = {
  system: { icon: 'system', key: 'themeSystem', next: 'light' },
  light: { icon: 'sun', key: 'themeLight', next: 'dark' },
  dark: { icon: 'moon', key: 'themeDark', next: 'system' },
};

export function Header(): ReactElement {
  const { t, locale } = useText();
  const { store } = usePlayground();
  const connection = useApp((state) => state.connection);
  const theme = useApp((state) => state.preferences.theme);
  const isSideOpen = useApp((state) => state.isSideOpen);
  const state = connection === 'open' ? 'good' : connection === 'joining' ? 'busy' : 'bad';
  const { icon, key, next } = THEMES[theme];
  return (
    <header className="header">
      <a
        className="skip"
        href="#editor"
        onClick={(event) => {
          // The fragment holds the page's ticket.
          event.preventDefault();
          document.querySelector<HTMLElement>('#editor .cm-content')?.focus();
        }}
      >
        {t('skipToEditor')}
      </a>
      <button
        type="button"
        className="button-icon header-menu"
        aria-label={t('menu')}
        aria-expanded={isSideOpen}
        aria-controls="side"
        onClick={() => store.dispatch({ type: 'side-open', isOpen: !isSideOpen })}
      >
        <Icon name="menu" />
      </button>
      <h1 className="brand">
        <Mark />
        Cloche
      </h1>
      <p className="tagline">{t('tagline')}</p>
      <span className="connection" role="status">
        <span className={`dot dot-${state}`} />
        <span className="connection-text">
          {t(connection === 'open' ? 'connected' : connection === 'joining' ? 'joining' : 'awayShort')}
        </span>
      </span>
      <button
        type="button"
        className="button button-quiet"
        lang={locale === 'en' ? 'zh' : 'en'}
        aria-label={t('switchLanguageLabel')}
        onClick={() =>
          store.dispatch({ type: 'preferences', preferences: { locale: locale === 'en' ? 'zh' : 'en' } })
        }
      >
        {t('switchLanguage')}
      </button>
      <button
        type="button"
        className="button-icon"
        aria-label={t(key)}
        title={t(key)}
        onClick={() => store.dispatch({ type: 'preferences', preferences: { theme: next } })}
      >
        <Icon name={icon} />
      </button>
    </header>
  );
}
