import { type ReactElement, useId, useState } from 'react';
import type { SecretSetting } from '../../api/settings.ts';
import { Icon } from '../parts/icons.tsx';
import { useText } from '../text/use-text.ts';
import { LockedNote } from './locked-note.tsx';

/** A key goes to the server and never comes back: of one that is set, the page knows that alone. */
export function SecretField({
  label,
  setting,
  userConfigFile,
  onSend,
}: {
  readonly label: string;
  readonly setting: SecretSetting;
  /** Null: there is none to save it in. */
  readonly userConfigFile: string | null;
  readonly onSend: (key: string | null, options: { readonly save: boolean }) => Promise<boolean>;
}): ReactElement {
  const { t } = useText();
  const id = useId();
  const [key, setKey] = useState('');
  const [isSaved, setIsSaved] = useState(false);
  const [isReplacing, setIsReplacing] = useState(false);
  // `config.toml:12`
  const isSavedHere = userConfigFile !== null && (setting.source?.startsWith(userConfigFile) ?? false);
  if (setting.isSet && !isReplacing) {
    return (
      <div className="field">
        <span className="field-label">{label}</span>
        <div className="key-set">
          <Icon name="key" />
          <span>{t('keySet', { source: setting.source ?? '?' })}</span>
          {setting.locked === null && (
            <span className="row">
              <button type="button" className="button button-quiet" onClick={() => setIsReplacing(true)}>
                {t('keyReplace')}
              </button>
              {(setting.source === 'page' || isSavedHere) && (
                <button
                  type="button"
                  className="button button-quiet"
                  onClick={() => void onSend(null, { save: isSavedHere })}
                >
                  {t('keyRemove')}
                </button>
              )}
            </span>
          )}
        </div>
        <LockedNote setting={setting} />
      </div>
    );
  }
  return (
    <form
      className="field"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() === '') return;
        void onSend(key.trim(), { save: isSaved && userConfigFile !== null }).then((hasWorked) => {
          if (!hasWorked) return;
          setKey('');
          setIsReplacing(false);
        });
      }}
    >
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        value={key}
        autoComplete="off"
        spellCheck={false}
        disabled={setting.locked !== null}
        aria-describedby={`${id}-kept ${id}-locked`}
        onChange={(event) => setKey(event.target.value)}
      />
      {setting.locked === null && (
        <>
          {userConfigFile !== null && (
            <label className="check">
              <input
                type="checkbox"
                checked={isSaved}
                onChange={(event) => setIsSaved(event.target.checked)}
              />
              {t('keySave')}
            </label>
          )}
          <p className="hint" id={`${id}-kept`}>
            {isSaved && userConfigFile !== null
              ? t('keySaveText', { file: userConfigFile })
              : t('keySession')}
          </p>
          <div className="row">
            <button type="submit" className="button" disabled={key.trim() === ''}>
              {t('keyUse')}
            </button>
            {isReplacing && (
              <button
                type="button"
                className="button button-quiet"
                onClick={() => {
                  setKey('');
                  setIsReplacing(false);
                }}
              >
                {t('cancel')}
              </button>
            )}
          </div>
        </>
      )}
      <LockedNote id={`${id}-locked`} setting={setting} />
    </form>
  );
}
