import type { ReactElement } from 'react';
import type { ExecutionStatus } from '@cloche/core/executor';
import type { Settings } from '../../api/settings.ts';
import { useApp } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import type { RunView } from '../state/run-view.ts';
import { formatBytes } from '../text/format.ts';
import type { MessageKey } from '../text/messages.ts';
import { useText } from '../text/use-text.ts';

/** What is told to everybody else names variables; here the limit stands beside the program. */
const OWN_HINTS: Readonly<
  Partial<
    Record<ExecutionStatus, { readonly key: MessageKey; readonly setting: 'timeoutMs' | 'memoryBytes' }>
  >
> = {
  timeout: { key: 'hintTimeout', setting: 'timeoutMs' },
  out_of_memory: { key: 'hintMemory', setting: 'memoryBytes' },
};

/** Null where the limit cannot be changed here. */
function ownHint(run: RunView, settings: Settings | null): MessageKey | null {
  const hint = run.result ? OWN_HINTS[run.result.status] : undefined;
  return hint && settings?.[hint.setting].locked === null ? hint.key : null;
}

/** Which executor ran it and why, warnings, what may be done about an ending. */
export function RunNotices({ run }: { readonly run: RunView }): ReactElement | null {
  const { t, of } = useText();
  const { result, failure } = run;
  const own = useApp((state) => ownHint(run, state.settings));
  const notices = [
    ...(failure ? [{ kind: 'bad', text: failure.message }] : []),
    ...(failure?.hint ? [{ kind: 'hint', text: failure.hint }] : []),
    ...(result?.hint ? [{ kind: 'hint', text: own === null ? of(result.hint) : t(own) }] : []),
    ...(result?.executor.passedOver ?? []).map(({ name, reason }) => ({
      kind: 'warn',
      text: t('passedOver', { name, reason: of(reason) }),
    })),
    ...(result?.warnings ?? []).map((warning) => ({ kind: 'warn', text: of(warning) })),
    ...(run.bytesLeftOut > 0
      ? [{ kind: 'warn', text: t('bytesLeftOut', { size: formatBytes(run.bytesLeftOut) }) }]
      : []),
  ];
  if (notices.length === 0) return null;
  return (
    <ul className="notices">
      {notices.map(({ kind, text }) => (
        <li key={`${kind} ${text}`} className={`notice notice-${kind}`}>
          <Icon name="alert" />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
