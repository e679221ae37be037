import type { ReactElement } from 'react';
import type { Settings } from '../../api/settings.ts';
import { usePlayground } from '../parts/app-context.ts';
import { useText } from '../text/use-text.ts';
import { SecretField } from './secret-field.tsx';
import { TextSetting } from './text-setting.tsx';

/** Open where it is what was chosen; the key and its address go together. */
export function DaytonaSettings({ settings }: { readonly settings: Settings }): ReactElement | null {
  const { t } = useText();
  const playground = usePlayground();
  const { apiKey, apiUrl } = settings.daytona;
  if (settings.executor.value !== 'daytona') return null;
  // A key is meant for the address beside it, whatever another tab has chosen meanwhile.
  const shown = apiUrl.locked === null ? { apiUrl: apiUrl.value } : {};
  return (
    <section className="group" aria-labelledby="daytona-title">
      <h2 id="daytona-title">{t('daytona')}</h2>
      <TextSetting
        label={t('apiUrl')}
        setting={apiUrl}
        inputMode="url"
        placeholder={t('apiUrlDefault')}
        onCommit={(value) => void playground.changeSettings({ daytona: { apiUrl: value } })}
      />
      <SecretField
        label={t('apiKey')}
        setting={apiKey}
        userConfigFile={settings.userConfigFile}
        onSend={(key, { save }) =>
          playground.changeSettings({ daytona: { apiKey: key, ...(key !== null && shown) }, save })
        }
      />
    </section>
  );
}
