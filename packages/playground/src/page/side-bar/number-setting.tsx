import { type ReactElement, useId } from 'react';
import type { Setting } from '../../api/settings.ts';
import { LockedNote } from './locked-note.tsx';
import { useTypedText } from './use-typed-text.ts';

/** A number in another unit than the server's; what is none, or is refused, is put back. */
export function NumberSetting({
  label,
  setting,
  unit = 1,
  onCommit,
}: {
  readonly label: string;
  readonly setting: Setting<number>;
  /** How many of the server's units one of the shown ones is. */
  readonly unit?: number;
  /** Resolves with whether the server took it. */
  readonly onCommit: (value: number) => Promise<boolean>;
}): ReactElement {
  const id = useId();
  const shown = String(Math.round((setting.value / unit) * 100) / 100);
  const typed = useTypedText(shown, async (text) => {
    const value = Number(text);
    return text !== '' && value > 0 && (await onCommit(Math.round(value * unit)));
  });
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0}
        step="any"
        value={typed.text}
        disabled={setting.locked !== null}
        aria-describedby={`${id}-locked`}
        onChange={(event) => typed.type(event.target.value)}
        onBlur={typed.send}
        onKeyDown={(event) => {
          if (event.key === 'Enter') typed.send();
        }}
      />
      <LockedNote id={`${id}-locked`} setting={setting} />
    </div>
  );
}
