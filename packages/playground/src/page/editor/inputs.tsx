import { type ReactElement, useId, useRef } from 'react';
import { usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import type { Draft } from '../state/draft.ts';
import { formatBytes } from '../text/format.ts';
import { useText } from '../text/use-text.ts';

/** What the program is given beside its sources. Open by itself where there is something in it. */
export function Inputs({
  draft,
  onFiles,
}: {
  readonly draft: Draft;
  readonly onFiles: (files: readonly File[]) => void;
}): ReactElement {
  const { t } = useText();
  const { store } = usePlayground();
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const hasSomething = draft.stdin !== '' || draft.argumentsText !== '' || draft.attachments.length > 0;
  const facts = [
    draft.argumentsText === '' ? null : t('arguments'),
    draft.stdin === '' ? null : t('stdin'),
    draft.attachments.length === 0 ? null : `${t('inputFiles')}: ${draft.attachments.length}`,
  ].filter((fact) => fact !== null);
  return (
    <details className="inputs">
      <summary>
        <span>{t('inputs')}</span>
        {hasSomething && <span className="inputs-facts">{facts.join(' · ')}</span>}
      </summary>
      <div className="inputs-body">
        <div className="field">
          <label htmlFor={`${id}-arguments`}>{t('arguments')}</label>
          <input
            id={`${id}-arguments`}
            className="mono"
            value={draft.argumentsText}
            spellCheck={false}
            placeholder="--size 6 'two words'"
            onChange={(event) =>
              store.dispatch({ type: 'draft', action: { type: 'arguments', text: event.target.value } })
            }
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-stdin`}>{t('stdin')}</label>
          <textarea
            id={`${id}-stdin`}
            className="mono"
            rows={3}
            value={draft.stdin}
            spellCheck={false}
            onChange={(event) =>
              store.dispatch({ type: 'draft', action: { type: 'stdin', text: event.target.value } })
            }
          />
        </div>
        <div className="field">
          <span className="field-label">{t('inputFiles')}</span>
          {draft.attachments.length > 0 && (
            <ul className="chips">
              {draft.attachments.map(({ path, byteCount }) => (
                <li key={path} className="chip">
                  <Icon name="file" />
                  {path} <span className="faint">{formatBytes(byteCount)}</span>
                  <button
                    type="button"
                    className="button-icon"
                    aria-label={t('remove', { file: path })}
                    onClick={() => store.dispatch({ type: 'draft', action: { type: 'detach', path } })}
                  >
                    <Icon name="close" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <p className="hint">
            {t('dropHint')}{' '}
            <button type="button" className="link" onClick={() => picker.current?.click()}>
              {t('chooseFiles')}
            </button>
          </p>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              // Copied: emptying the field, so that the same file can be chosen again, empties its list too.
              onFiles([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </div>
      </div>
    </details>
  );
}
