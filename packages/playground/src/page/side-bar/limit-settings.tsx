import type { ReactElement } from 'react';
import type { Settings } from '../../api/settings.ts';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { useText } from '../text/use-text.ts';
import { LockedNote } from './locked-note.tsx';
import { NumberSetting } from './number-setting.tsx';

const MEBIBYTE = 1024 * 1024;

export function LimitSettings({ settings }: { readonly settings: Settings }): ReactElement {
  const { t } = useText();
  const playground = usePlayground();
  const endsRuns = useApp((state) => state.preferences.endsRuns);
  const { network } = settings;
  return (
    <section className="group" aria-labelledby="limits-title">
      <h2 id="limits-title">{t('limits')}</h2>
      <div className="pair">
        <NumberSetting
          label={t('timeout')}
          setting={settings.timeoutMs}
          unit={1000}
          onCommit={(timeoutMs) => playground.changeSettings({ timeoutMs })}
        />
        <NumberSetting
          label={t('memory')}
          setting={settings.memoryBytes}
          unit={MEBIBYTE}
          onCommit={(memoryBytes) => playground.changeSettings({ memoryBytes })}
        />
      </div>
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          checked={network.value === 'full'}
          disabled={network.locked !== null}
          aria-describedby="network-locked"
          onChange={(event) =>
            void playground.changeSettings({ network: event.target.checked ? 'full' : 'none' })
          }
        />
        <span className="switch-text">
          {t('network')}
          <span className="hint">{t(network.value === 'full' ? 'networkFull' : 'networkNone')}</span>
        </span>
      </label>
      <LockedNote id="network-locked" setting={network} />
      <label className="switch">
        <input
          type="checkbox"
          role="switch"
          checked={endsRuns}
          onChange={(event) =>
            playground.store.dispatch({
              type: 'preferences',
              preferences: { endsRuns: event.target.checked },
            })
          }
        />
        <span className="switch-text">{t('whenClosed')}</span>
      </label>
    </section>
  );
}
