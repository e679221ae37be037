import { type ReactElement, useEffect, useState } from 'react';
import { useText } from '../text/use-text.ts';
import { Icon } from './icons.tsx';

const SHOWN_MS = 1500;

/** The label is what a screen reader says; where it is also shown, it stands beside the picture. */
export function CopyButton({
  label,
  text,
  isLabelShown = false,
}: {
  readonly label: string;
  readonly text: () => string;
  readonly isLabelShown?: boolean;
}): ReactElement {
  const { t } = useText();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const shown = isCopied ? t('copied') : label;
  return (
    <button
      type="button"
      className={isLabelShown ? 'button button-quiet' : 'button-icon'}
      aria-label={shown}
      title={label}
      onClick={() => void navigator.clipboard.writeText(text()).then(() => setIsCopied(true))}
    >
      <Icon name={isCopied ? 'check' : 'copy'} />
      {isLabelShown && shown}
    </button>
  );
}
