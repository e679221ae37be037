import type { ReactElement } from 'react';
import type { ExecutorHealth } from '../../api/executor-health.ts';
import type { Settings } from '../../api/settings.ts';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Icon } from '../parts/icons.tsx';
import { isolationKey } from '../text/isolation-key.ts';
import { useText } from '../text/use-text.ts';
import { ISOLATION_LEVELS } from '../state/isolation-levels.ts';
import { LockedNote } from './locked-note.tsx';
import { useTakenByAuto } from './use-taken-by-auto.ts';

export function ExecutorChoice({ settings }: { readonly settings: Settings }): ReactElement {
  const { t } = useText();
  const playground = usePlayground();
  const executors = useApp((state) => state.executors);
  const { value, locked } = settings.executor;
  const least = ISOLATION_LEVELS.indexOf(settings.minimumIsolation.value);
  const isTooWeak = (name: string): boolean => {
    const isolation = executors?.find((health) => health.name === name)?.isolation ?? null;
    return isolation !== null && ISOLATION_LEVELS.indexOf(isolation) < least;
  };
  return (
    <section className="group" aria-labelledby="mode-title">
      <div className="group-head">
        <h2 id="mode-title">{t('mode')}</h2>
        <button
          type="button"
          className="button-icon"
          aria-label={t('checkAgain')}
          title={t('checkAgain')}
          onClick={() => void playground.refreshExecutors({ isFresh: true })}
        >
          <Icon name="refresh" />
        </button>
      </div>
      <div className="choices" role="radiogroup" aria-labelledby="mode-title" aria-describedby="mode-locked">
        {settings.executors.map((name) => (
          <label key={name} className="choice">
            <input
              type="radio"
              name="executor"
              value={name}
              checked={name === value}
              disabled={name !== value && (locked !== null || isTooWeak(name))}
              onChange={() => void playground.changeSettings({ executor: name })}
            />
            <span className="choice-body">
              {name === 'auto' ? (
                <AutoHealth executors={executors} />
              ) : (
                <Health name={name} health={executors?.find((health) => health.name === name) ?? null} />
              )}
            </span>
          </label>
        ))}
      </div>
      <ToMend health={executors?.find(({ name }) => name === value) ?? null} />
      <LockedNote id="mode-locked" setting={settings.executor} />
      {settings.minimumIsolation.value !== 'none' && (
        <p className="locked">
          <Icon name="lock" />
          <span>
            {t('minimumIsolation', { isolation: t(isolationKey(settings.minimumIsolation.value)) })}{' '}
            {t('from', { source: settings.minimumIsolation.source })}
          </span>
        </p>
      )}
    </section>
  );
}

function AutoHealth({ executors }: { readonly executors: readonly ExecutorHealth[] | null }): ReactElement {
  const { t } = useText();
  const taken = useTakenByAuto();
  const state = executors === null ? 'unknown' : taken ? 'good' : 'bad';
  return (
    <>
      <span className="choice-name">
        <span className={`dot dot-${state}`} />
        {t('modeAuto')}
        <span className="choice-tag">
          {executors === null
            ? t('unknownHealth')
            : taken
              ? t('modeAutoTakes', { name: taken.name })
              : t('modeAutoTakesNone')}
        </span>
      </span>
      <span className="choice-text">{t('modeAutoText')}</span>
    </>
  );
}

function Health({
  name,
  health,
}: {
  readonly name: string;
  readonly health: ExecutorHealth | null;
}): ReactElement {
  const { t, of } = useText();
  const state = health === null ? 'unknown' : health.available ? 'good' : 'bad';
  return (
    <>
      <span className="choice-name">
        <span className={`dot dot-${state}`} />
        {name}
        <span className="choice-tag">
          {health === null ? t('unknownHealth') : t(health.available ? 'healthy' : 'unhealthy')}
        </span>
      </span>
      <span className="choice-text">
        {health?.available
          ? `${t('isolation', { isolation: health.isolation ? t(isolationKey(health.isolation)) : '?' })}${health.version ? ` · ${health.version}` : ''}`
          : health?.reason && of(health.reason)}
      </span>
    </>
  );
}

function ToMend({ health }: { readonly health: ExecutorHealth | null }): ReactElement | null {
  const { t, of } = useText();
  if (!health || health.available || (health.hint === null && health.fix.length === 0)) return null;
  const hint = health.hint === null ? null : of(health.hint);
  // A hint that is the command says nothing beside it.
  const isCommand = health.fix.some((command) => hint?.includes(command));
  return (
    <div className="note">
      {hint !== null && !isCommand && <p>{hint}</p>}
      {health.fix.length > 0 && <p className="note-label">{t('toFix')}</p>}
      {health.fix.map((command) => (
        <div key={command} className="command">
          <code>{command}</code>
          <CopyButton label={t('copy')} text={() => command} />
        </div>
      ))}
    </div>
  );
}
