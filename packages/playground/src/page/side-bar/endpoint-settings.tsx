import type { ReactElement } from 'react';
import type { SecretSetting, Setting } from '../../api/settings.ts';
import { useText } from '../text/use-text.ts';
import { SecretField } from './secret-field.tsx';
import { TextField } from './text-field.tsx';
import { useTypedText } from './use-typed-text.ts';

/**
 * An address and the key for it. A key goes to the address that stands beside it, typed or in force, whatever another
 * tab has chosen meanwhile; so an address is not sent before its key while somebody is still at the two.
 */
export function EndpointSettings({
  label,
  address,
  placeholder,
  isAddressShown = true,
  apiKey,
  userConfigFile,
  onAddress,
  onKey,
}: {
  /** Of the address. */
  readonly label: string;
  readonly address: Setting<string | null>;
  readonly placeholder?: string;
  readonly isAddressShown?: boolean;
  readonly apiKey: SecretSetting;
  /** Null: there is none to save a key in. */
  readonly userConfigFile: string | null;
  /** Null where the field was emptied. Resolves with whether the server took it. */
  readonly onAddress: (address: string | null) => Promise<boolean>;
  readonly onKey: (
    key: string | null,
    options: {
      readonly save: boolean;
      /** The one that the key is for; absent where it cannot be changed here, and with a key that is taken away. */
      readonly address?: string | null;
    },
  ) => Promise<boolean>;
}): ReactElement {
  const { t } = useText();
  const typed = useTypedText(address.value ?? '', (text) => onAddress(orNull(text)), { keepsRefused: true });
  const sendKey = async (key: string | null, { save }: { readonly save: boolean }): Promise<boolean> => {
    const isTaken = await onKey(key, {
      save,
      ...(key !== null && address.locked === null && { address: orNull(typed.text.trim()) }),
    });
    if (isTaken && key !== null) typed.settle();
    return isTaken;
  };
  return (
    <div
      className="endpoint"
      onBlur={(event) => {
        // What was refused already is sent again with Enter or with its key, and not each time that somebody passes by.
        if (!typed.isRefused && !event.currentTarget.contains(event.relatedTarget)) typed.send();
      }}
    >
      {isAddressShown && (
        <TextField
          label={label}
          setting={address}
          typed={typed}
          inputMode="url"
          placeholder={placeholder}
          note={typed.isRefused ? t('notInForce', { value: address.value ?? t('apiUrlDefault') }) : null}
        />
      )}
      <SecretField label={t('apiKey')} setting={apiKey} userConfigFile={userConfigFile} onSend={sendKey} />
    </div>
  );
}

const orNull = (text: string): string | null => (text === '' ? null : text);
