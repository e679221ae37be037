import type { GeneratorProvider } from '@cloche/core';
import { type ReactElement, useId, useState } from 'react';
import type { Settings } from '../../api/settings.ts';
import { usePlayground } from '../parts/app-context.ts';
import { useText } from '../text/use-text.ts';
import { LockedNote } from './locked-note.tsx';
import { NumberSetting } from './number-setting.tsx';
import { SecretField } from './secret-field.tsx';
import { TextSetting } from './text-setting.tsx';

const NAMES: Readonly<Record<Exclude<GeneratorProvider, 'compatible'>, string>> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  google: 'Google',
};

export function GeneratorSettings({ settings }: { readonly settings: Settings }): ReactElement {
  const { t } = useText();
  const playground = usePlayground();
  const providerId = useId();
  const [models, setModels] = useState<readonly string[]>([]);
  const { generator } = settings;
  const { provider, baseUrl: address } = generator;
  // A key is meant for what stands beside it, whatever another tab has chosen meanwhile.
  const shown = {
    ...(provider.locked === null && { provider: provider.value }),
    ...(address.locked === null && { baseUrl: address.value }),
  };
  return (
    <section className="group" aria-labelledby="generator-title">
      <h2 id="generator-title">{t('generator')}</h2>
      <div className="field">
        <label htmlFor={providerId}>{t('provider')}</label>
        <select
          id={providerId}
          value={provider.value ?? ''}
          disabled={provider.locked !== null}
          onChange={(event) => {
            setModels([]);
            const value = event.target.value === '' ? null : (event.target.value as GeneratorProvider);
            void playground.changeSettings({ generator: { provider: value, model: null } });
          }}
        >
          <option value="">{t('providerNone')}</option>
          {generator.providers.map((name) => (
            <option key={name} value={name}>
              {name === 'compatible' ? t('providerCompatible') : NAMES[name]}
            </option>
          ))}
        </select>
        <LockedNote setting={provider} />
      </div>
      {provider.value !== null && (
        <>
          {(provider.value === 'compatible' || generator.baseUrl.value !== null) && (
            <TextSetting
              label={t('baseUrl')}
              setting={generator.baseUrl}
              inputMode="url"
              onCommit={(baseUrl) => void playground.changeSettings({ generator: { baseUrl } })}
            />
          )}
          <SecretField
            label={t('apiKey')}
            setting={generator.apiKey}
            userConfigFile={settings.userConfigFile}
            onSend={(apiKey, { save }) =>
              playground.changeSettings({ generator: { apiKey, ...(apiKey !== null && shown) }, save })
            }
          />
          <TextSetting
            label={t('model')}
            setting={generator.model}
            placeholder={t('modelDefault')}
            suggestions={models}
            onCommit={(model) => void playground.changeSettings({ generator: { model } })}
          />
          <button
            type="button"
            className="button button-quiet"
            onClick={() => void playground.models().then(setModels)}
          >
            {t('listModels')}
          </button>
          <NumberSetting
            label={t('attempts')}
            setting={generator.maximumAttempts}
            onCommit={(maximumAttempts) => void playground.changeSettings({ generator: { maximumAttempts } })}
          />
        </>
      )}
      {generator.describedAs !== null && (
        <p className="hint">{t('usesModel', { model: generator.describedAs })}</p>
      )}
    </section>
  );
}
