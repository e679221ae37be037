import type { ReactElement } from 'react';
import type { Settings } from '../../api/settings.ts';
import { usePlayground } from '../parts/app-context.ts';
import { useText } from '../text/use-text.ts';
import { EndpointSettings } from './endpoint-settings.tsx';

/** Open where it is what was chosen; the key and its address go together. */
export function DaytonaSettings({ settings }: { readonly settings: Settings }): ReactElement | null {
  const { t } = useText();
  const playground = usePlayground();
  const { apiKey, apiUrl } = settings.daytona;
  if (settings.executor.value !== 'daytona') return null;
  return (
    <section className="group" aria-labelledby="daytona-title">
      <h2 id="daytona-title">{t('daytona')}</h2>
      <EndpointSettings
        label={t('apiUrl')}
        address={apiUrl}
        placeholder={t('apiUrlDefault')}
        apiKey={apiKey}
        userConfigFile={settings.userConfigFile}
        onAddress={(address) => playground.changeSettings({ daytona: { apiUrl: address } })}
        onKey={(key, { save, address }) =>
          playground.changeSettings({
            daytona: { apiKey: key, ...(address !== undefined && { apiUrl: address }) },
            save,
          })
        }
      />
    </section>
  );
}
