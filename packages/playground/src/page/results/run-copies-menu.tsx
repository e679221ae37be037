import { type ReactElement, useEffect, useRef } from 'react';
import type { RunCopies, RunSummary } from '../../api/runs.ts';
import { usePlayground } from '../parts/app-context.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icons.tsx';
import { useText } from '../text/use-text.ts';

export function RunCopiesMenu({
  copies,
  summary,
}: {
  readonly copies: RunCopies;
  readonly summary: RunSummary;
}): ReactElement {
  const { t, of } = useText();
  const playground = usePlayground();
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      if (menu.current && !menu.current.contains(event.target as Node)) menu.current.open = false;
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, []);
  return (
    <details
      className="menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current) return;
        menu.current.open = false;
        menu.current.querySelector('summary')?.focus();
      }}
    >
      <summary className="button button-quiet">
        {t('moreActions')} <Icon name="chevron" />
      </summary>
      <div className="menu-body">
        <button type="button" className="button button-quiet" onClick={() => void playground.rerun(summary)}>
          <Icon name="play" />
          {t('rerun')}
        </button>
        <CopyButton isLabelShown label={t('copyCommand')} text={() => copies.command} />
        <CopyButton isLabelShown label={t('copyMcp')} text={() => copies.mcp} />
        {copies.mcpNotes.map((note) => (
          <p key={note.en} className="hint">
            {of(note)}
          </p>
        ))}
        <CopyButton isLabelShown label={t('copyTypescript')} text={() => copies.typescript} />
      </div>
    </details>
  );
}
