import type { ReactElement } from 'react';
import { Icon } from '../parts/icons.tsx';
import type { RunView } from '../state/run-view.ts';
import { formatBytes } from '../text/format.ts';
import { useText } from '../text/use-text.ts';

/** Which executor ran it and why, warnings, what may be done about an ending. */
export function RunNotices({ run }: { readonly run: RunView }): ReactElement | null {
  const { t, of } = useText();
  const { result, failure } = run;
  const notices = [
    ...(failure ? [{ kind: 'bad', text: failure.message }] : []),
    ...(failure?.hint ? [{ kind: 'hint', text: failure.hint }] : []),
    ...(result?.hint ? [{ kind: 'hint', text: of(result.hint) }] : []),
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
