import type { LanguageId } from '@cloche/core/executor';
import type { ReactElement } from 'react';
import type { Settings } from '../../api/settings.ts';
import { starterOf } from '../examples/example-list.ts';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { useText } from '../text/use-text.ts';
import { useTakenByAuto } from './use-taken-by-auto.ts';

export function LanguageChoice({ settings }: { readonly settings: Settings }): ReactElement {
  const { t, of } = useText();
  const playground = usePlayground();
  const language = useApp((state) => state.language);
  const named = useApp(
    (state) => state.executors?.find(({ name }) => name === settings.executor.value) ?? null,
  );
  const taken = useTakenByAuto();
  const health = settings.executor.value === 'auto' ? taken : named;
  const choose = async (id: LanguageId): Promise<void> => {
    playground.chooseLanguage(id, await starterOf(id));
  };
  const found = health?.languages[language];
  const name = settings.languages.find(({ id }) => id === language)?.name ?? language;
  return (
    <section className="group" aria-labelledby="language-title">
      <h2 id="language-title">{t('language')}</h2>
      <div className="field">
        <select
          aria-labelledby="language-title"
          aria-describedby="language-found"
          value={language}
          onChange={(event) => {
            const id = event.target.value as LanguageId;
            void playground.attempt(() => choose(id));
          }}
        >
          {settings.languages.map(({ id, name: shown }) => {
            const version = health?.languages[id]?.version;
            return (
              <option key={id} value={id}>
                {shown}
                {version ? ` ${version}` : ''}
              </option>
            );
          })}
        </select>
        <p className="hint" id="language-found">
          {found?.version
            ? t('languageFound', { name, version: found.version })
            : found?.available === true
              ? t('languageAvailable', { name })
              : found?.available === false
                ? [t('languageMissing', { name }), found.hint && of(found.hint)].filter(Boolean).join(' ')
                : t('languageUnknown')}
        </p>
      </div>
    </section>
  );
}
