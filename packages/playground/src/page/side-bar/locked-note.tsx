import type { LocalizedText } from '@cloche/core/executor';
import type { ReactElement } from 'react';
import { Icon } from '../parts/icons.tsx';
import { useText } from '../text/use-text.ts';

/** Why something cannot be changed here. */
export function LockedNote({
  setting,
  id,
}: {
  /** For the field that it describes. */
  readonly id?: string;
  readonly setting: { readonly locked: LocalizedText | null };
}): ReactElement | null {
  const { t, of } = useText();
  if (setting.locked === null) return null;
  return (
    <p className="locked" id={id}>
      <Icon name="lock" />
      <span>
        <strong>{t('locked')}</strong> {of(setting.locked)}
      </span>
    </p>
  );
}
