import type { ReactElement } from 'react';
import type { Setting } from '../../api/settings.ts';
import { TextField } from './text-field.tsx';
import { useTypedText } from './use-typed-text.ts';

/** A field that is sent when it is left, or with Enter; what the server refuses is put back. */
export function TextSetting({
  label,
  setting,
  placeholder,
  suggestions,
  onCommit,
}: {
  readonly label: string;
  readonly setting: Setting<string | null>;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
  /** Null where the field was emptied. Resolves with whether the server took it. */
  readonly onCommit: (text: string | null) => Promise<boolean>;
}): ReactElement {
  const typed = useTypedText(setting.value ?? '', (text) => onCommit(text === '' ? null : text));
  return (
    <TextField
      label={label}
      setting={setting}
      typed={typed}
      placeholder={placeholder}
      suggestions={suggestions}
      onBlur={typed.send}
    />
  );
}
