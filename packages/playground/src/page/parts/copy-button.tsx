import { type ReactElement, useEffect, useState } from 'react';
import { useText } from '../text/use-text.ts';
import { Icon } from './icons.tsx';

const SHOWN_MS = 1500;
const REFUSAL_SHOWN_MS = 5000;
const ICONS = { copied: 'check', copyRefused: 'alert' } as const;

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
  const [outcome, setOutcome] = useState<'copied' | 'copyRefused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), outcome === 'copied' ? SHOWN_MS : REFUSAL_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const shown = outcome === null ? label : t(outcome);
  const isTextShown = isLabelShown || outcome === 'copyRefused';
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome('copied');
    } catch {
      // Whatever the reason, it is the browser's, and nothing was copied.
      setOutcome('copyRefused');
    }
  };
  return (
    <button
      type="button"
      className={isTextShown ? 'button button-quiet' : 'button-icon'}
      aria-label={shown}
      title={label}
      onClick={() => void copy()}
    >
      <Icon name={outcome === null ? 'copy' : ICONS[outcome]} />
      {isTextShown && shown}
    </button>
  );
}
