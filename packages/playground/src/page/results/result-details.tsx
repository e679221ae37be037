import type { EnforcedLimit, LimitEnforcement } from '@cloche/core/executor';
import type { ReactElement } from 'react';
import type { RunView } from '../state/run-view.ts';
import { formatBytes, formatDuration } from '../text/format.ts';
import { isolationKey } from '../text/isolation-key.ts';
import type { MessageKey } from '../text/messages.ts';
import { useText } from '../text/use-text.ts';

const SUPPORT: Readonly<Record<LimitEnforcement['support'], MessageKey>> = {
  enforced: 'enforced',
  'best-effort': 'bestEffort',
  unsupported: 'unsupported',
};

const BYTES: ReadonlySet<EnforcedLimit> = new Set<EnforcedLimit>(['memory', 'scratch', 'output']);

function valueOf(limit: EnforcedLimit, value: number | null): string {
  if (value === null) return '–';
  if (limit === 'wall') return formatDuration(value);
  return BYTES.has(limit) ? formatBytes(value) : String(value);
}

/** What was really in force in this run, and where its time went. */
export function ResultDetails({ run }: { readonly run: RunView | null }): ReactElement {
  const { t } = useText();
  const result = run?.result;
  if (!result) return <p className="empty">{t(run?.failure ? 'outputNotRun' : 'outputEmpty')}</p>;
  const { usage, costUsd } = run.generation ?? { usage: null, costUsd: null };
  const facts: readonly (readonly [string, string])[] = [
    [t('executor'), result.executor.name],
    [t('isolationLabel'), t(isolationKey(result.executor.isolation))],
    [
      t('network'),
      result.network === null ? '–' : t(result.network === 'full' ? 'networkFull' : 'networkNone'),
    ],
    [t('toolchain'), `${result.language} ${result.toolchainVersion ?? ''}`],
    ...result.phases.map((phase) => [t(`phase_${phase.phase}`), formatDuration(phase.durationMs)] as const),
    [t('wholeTime'), formatDuration(run.generation?.durationMs ?? result.durationMs)],
    ...(run.generation
      ? [[t('model'), `${run.generation.model.provider} ${run.generation.model.model ?? ''}`] as const]
      : []),
    ...(usage && usage.inputTokens !== null
      ? [
          [
            t('tokens'),
            t('tokensUsed', { input: usage.inputTokens, output: usage.outputTokens ?? '?' }),
          ] as const,
        ]
      : []),
    ...(costUsd === null ? [] : [[t('cost'), t('costInDollars', { cost: costUsd.toFixed(4) })] as const]),
  ];
  return (
    <div className="details">
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table className="table">
        <caption>{t('enforcement')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('limit')}</th>
            <th scope="col">{t('value')}</th>
            <th scope="col">{t('held')}</th>
            <th scope="col">{t('by')}</th>
          </tr>
        </thead>
        <tbody>
          {(Object.entries(result.enforcement) as [EnforcedLimit, LimitEnforcement][]).map(
            ([limit, { support, value, mechanism }]) => (
              <tr key={limit}>
                <th scope="row">{t(`limit_${limit}`)}</th>
                <td>{valueOf(limit, value)}</td>
                <td>
                  <span className={`held held-${support}`}>{t(SUPPORT[support])}</span>
                </td>
                <td className="mono">{mechanism ?? '–'}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
