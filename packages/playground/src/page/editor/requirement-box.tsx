import { type ReactElement, useId } from 'react';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import { useText } from '../text/use-text.ts';

export function RequirementBox(): ReactElement {
  const { t, of } = useText();
  const playground = usePlayground();
  const id = useId();
  const text = useApp((state) => state.requirement);
  const isAnyLanguage = useApp((state) => state.isAnyLanguage);
  const describedAs = useApp((state) => state.settings?.generator.describedAs ?? null);
  const problem = useApp((state) => state.settings?.generator.problem ?? null);
  const isBusy = useApp((state) => state.run !== null && !state.run.isOver);
  const isAway = useApp((state) => state.connection !== 'open');
  return (
    <form
      className="requirement"
      onSubmit={(event) => {
        event.preventDefault();
        void playground.generate();
      }}
    >
      <label htmlFor={id}>{t('requirement')}</label>
      <textarea
        id={id}
        rows={2}
        value={text}
        placeholder={t('requirementPlaceholder')}
        onChange={(event) => playground.store.dispatch({ type: 'requirement', text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.stopPropagation();
          if (!isBusy) void playground.generate();
        }}
      />
      <div className="requirement-foot">
        <label className="check">
          <input
            type="checkbox"
            checked={isAnyLanguage}
            onChange={(event) =>
              playground.store.dispatch({ type: 'any-language', isAnyLanguage: event.target.checked })
            }
          />
          {t('anyLanguage')}
        </label>
        <span className="requirement-model">
          {problem
            ? of(problem)
            : describedAs === null
              ? t('noModel')
              : t('writtenBy', { model: describedAs })}
        </span>
        <button
          type="submit"
          className="button button-primary"
          disabled={isBusy || isAway || text.trim() === '' || describedAs === null}
        >
          <Icon name="spark" />
          {t('generate')}
        </button>
      </div>
    </form>
  );
}
