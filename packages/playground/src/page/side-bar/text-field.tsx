import { type ReactElement, useId } from 'react';
import type { Setting } from '../../api/settings.ts';
import { LockedNote } from './locked-note.tsx';
import type { TypedText } from './use-typed-text.ts';

/** A labelled field for one line of text; Enter sends it. */
export function TextField({
  label,
  setting,
  typed,
  placeholder,
  suggestions = [],
  inputMode = 'text',
  note = null,
  onBlur,
}: {
  readonly label: string;
  readonly setting: Setting<string | null>;
  readonly typed: TypedText;
  readonly placeholder?: string | undefined;
  readonly suggestions?: readonly string[] | undefined;
  readonly inputMode?: 'text' | 'url';
  /** Why what stands there is not what holds. */
  readonly note?: string | null;
  readonly onBlur?: () => void;
}): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={inputMode}
        value={typed.text}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        list={suggestions.length > 0 ? `${id}-list` : undefined}
        disabled={setting.locked !== null}
        aria-invalid={note !== null}
        aria-describedby={note === null ? `${id}-locked` : `${id}-note`}
        onChange={(event) => typed.type(event.target.value)}
        onBlur={onBlur}
        onKeyDown={(event) => {
          if (event.key === 'Enter') typed.send();
        }}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {note !== null && (
        <p className="hint" id={`${id}-note`}>
          {note}
        </p>
      )}
      <LockedNote id={`${id}-locked`} setting={setting} />
    </div>
  );
}
