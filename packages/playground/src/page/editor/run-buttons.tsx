import type { ReactElement } from 'react';
import { useApp, usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import { useText } from '../text/use-text.ts';

export function RunButtons(): ReactElement {
  const { t } = useText();
  const playground = usePlayground();
  const isRunning = useApp((state) => state.run !== null && !state.run.isOver);
  const isCancelling = useApp((state) => state.run?.isCancelling ?? false);
  const isAway = useApp((state) => state.connection !== 'open');
  return isRunning ? (
    <button
      type="button"
      className="button button-stop"
      disabled={isCancelling}
      onClick={() => void playground.stop()}
    >
      <Icon name="stop" />
      {t(isCancelling ? 'stopping' : 'stop')}
    </button>
  ) : (
    <button
      type="button"
      className="button button-primary"
      title={t('runKeys')}
      disabled={isAway}
      onClick={() => void playground.run()}
    >
      <Icon name="play" />
      {t('run')}
    </button>
  );
}
