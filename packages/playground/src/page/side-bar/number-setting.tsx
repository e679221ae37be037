import { type ReactElement, useEffect, useId, useState } from 'react';
import type { Setting } from '../../api/settings.ts';
import { LockedNote } from './locked-note.tsx';

/** A number in another unit than the server's. */
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
  readonly onCommit: (value: number) => void;
}): ReactElement {
  const id = useId();
  const shown = String(Math.round((setting.value / unit) * 100) / 100);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const commit = (): void => {
    const value = Number(text);
    if (text.trim() === '' || !(value > 0)) setText(shown);
    else if (text !== shown) onCommit(Math.round(value * unit));
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0}
        step="any"
        value={text}
        disabled={setting.locked !== null}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      <LockedNote setting={setting} />
    </div>
  );
}
