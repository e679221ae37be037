import type { GeneratorProvider } from '@cloche/core';
import { type ReactElement, useId, useState } from 'react';
import type { Settings } from '../../api/settings.ts';
import { usePlayground } from '../parts/app-context.ts';
import { useText } from '../text/use-text.ts';
import { EndpointSettings } from './endpoint-settings.tsx';
import { LockedNote } from './locked-note.tsx';
import { NumberSetting } from './number-setting.tsx';
import { TextSetting } from './text-setting.tsx';

const NAMES: Readonly<Record<Exclude<GeneratorProvider, 'compatible'>, string>> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  google: 'Google',
};

/** What one provider has; another's is not offered, however late the answer comes. */
interface ListedModels {
  readonly provider: GeneratorProvider | null;
  readonly names: readonly string[];
}

export function GeneratorSettings({ settings }: { readonly settings: Settings }): ReactElement {
  const { t } = useText();
  const playground = usePlayground();
  const providerId = useId();
  const [models, setModels] = useState<ListedModels | null>(null);
  const { generator } = settings;
  const { provider, baseUrl: address } = generator;
  // A key is meant for the provider that stands beside it, whatever another tab has chosen meanwhile.
  const shown = provider.locked === null ? { provider: provider.value } : {};
  return (
    <section className="group" aria-labelledby="generator-title">
      <h2 id="generator-title">{t('generator')}</h2>
      <div className="field">
        <label htmlFor={providerId}>{t('provider')}</label>
        <select
          id={providerId}
          value={provider.value ?? ''}
          disabled={provider.locked !== null}
          aria-describedby={`${providerId}-locked`}
          onChange={(event) => {
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
        <LockedNote id={`${providerId}-locked`} setting={provider} />
      </div>
      {provider.value !== null && (
        <>
          <EndpointSettings
            key={provider.value}
            label={t('baseUrl')}
            address={address}
            isAddressShown={provider.value === 'compatible' || address.value !== null}
            apiKey={generator.apiKey}
            userConfigFile={settings.userConfigFile}
            onAddress={(baseUrl) => playground.changeSettings({ generator: { baseUrl } })}
            onKey={(apiKey, options) =>
              playground.changeSettings({
                generator: {
                  apiKey,
                  ...(apiKey !== null && shown),
                  ...(options.address !== undefined && { baseUrl: options.address }),
                },
                save: options.save,
              })
            }
          />
          <TextSetting
            label={t('model')}
            setting={generator.model}
            placeholder={t('modelDefault')}
            suggestions={models?.provider === provider.value ? models.names : []}
            onCommit={(model) => playground.changeSettings({ generator: { model } })}
          />
          <button
            type="button"
            className="button button-quiet"
            onClick={() => {
              const asked = provider.value;
              void playground.models().then((names) => setModels({ provider: asked, names }));
            }}
          >
            {t('listModels')}
          </button>
          <NumberSetting
            label={t('attempts')}
            setting={generator.maximumAttempts}
            onCommit={(maximumAttempts) => playground.changeSettings({ generator: { maximumAttempts } })}
          />
        </>
      )}
      {generator.describedAs !== null && (
        <p className="hint">{t('usesModel', { model: generator.describedAs })}</p>
      )}
    </section>
  );
}
