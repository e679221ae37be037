import type { LocalizedText } from '@cloche/core/executor';
import type { ReactElement } from 'react';
import { Icon } from '../parts/icons.tsx';
import { useText } from '../text/use-text.ts';

/** Why something cannot be changed here. */
export function LockedNote({
  setting,
}: {
  readonly setting: { readonly locked: LocalizedText | null };
}): ReactElement | null {
  const { t, of } = useText();
  if (setting.locked === null) return null;
  return (
    <p className="locked">
      <Icon name="lock" />
      <span>
        <strong>{t('locked')}</strong> {of(setting.locked)}
      </span>
    </p>
  );
}
