import { type ReactElement, useEffect, useId, useState } from 'react';
import type { Setting } from '../../api/settings.ts';
import { LockedNote } from './locked-note.tsx';

/** A field that is sent when it is left, or with Enter. */
export function TextSetting({
  label,
  setting,
  placeholder,
  suggestions = [],
  inputMode = 'text',
  onCommit,
  onFocus,
}: {
  readonly label: string;
  readonly setting: Setting<string | null>;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
  readonly inputMode?: 'text' | 'url';
  /** Null where the field was emptied. */
  readonly onCommit: (text: string | null) => void;
  readonly onFocus?: () => void;
}): ReactElement {
  const id = useId();
  const [text, setText] = useState(setting.value ?? '');
  useEffect(() => setText(setting.value ?? ''), [setting.value]);
  const commit = (): void => {
    const value = text.trim() === '' ? null : text.trim();
    if (value !== setting.value) onCommit(value);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={inputMode}
        value={text}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        list={suggestions.length > 0 ? `${id}-list` : undefined}
        disabled={setting.locked !== null}
        onChange={(event) => setText(event.target.value)}
        onFocus={onFocus}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      <LockedNote setting={setting} />
    </div>
  );
}
