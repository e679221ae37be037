import { type ReactElement, useState } from 'react';
import type { ArtifactInfo } from '../../api/run-event.ts';
import { usePlayground } from '../parts/app-context.ts';
import { Icon } from '../parts/icons.tsx';
import { saveAs } from '../parts/save-as.ts';
import type { RunView } from '../state/run-view.ts';
import { formatBytes } from '../text/format.ts';
import { useText } from '../text/use-text.ts';
import { visibleName } from '../text/visible-text.ts';
import { ArtifactView } from './artifact-view.tsx';
import { kindOfArtifact } from './artifact-kind.ts';

/** As many are shown at once; the rest open when asked. */
const SHOWN_AT_ONCE = 6;

export function ArtifactList({ run }: { readonly run: RunView | null }): ReactElement {
  const { t } = useText();
  const result = run?.result;
  if (!result || (result.artifacts.length === 0 && result.omittedArtifacts.length === 0)) {
    return <p className="empty">{t(result ? 'noFiles' : run?.failure ? 'outputNotRun' : 'outputEmpty')}</p>;
  }
  return (
    <div className="artifacts">
      {picturesFirst(result.artifacts).map((artifact, index) => (
        <Artifact
          key={`${run.summary.id}/${artifact.path}`}
          runId={run.summary.id}
          artifact={artifact}
          isOpenAtFirst={index < SHOWN_AT_ONCE}
        />
      ))}
      {result.omittedArtifacts.map(({ path, reason }) => (
        <p key={path} className="hint">
          {t('omitted', { path: visibleName(path), reason: t(`omitted_${reason}`) })}
        </p>
      ))}
    </div>
  );
}

function picturesFirst(artifacts: readonly ArtifactInfo[]): ArtifactInfo[] {
  const isPicture = (artifact: ArtifactInfo): boolean => ['image', 'svg'].includes(kindOfArtifact(artifact));
  return artifacts.toSorted((left, right) => Number(isPicture(right)) - Number(isPicture(left)));
}

function Artifact({
  runId,
  artifact,
  isOpenAtFirst,
}: {
  readonly runId: string;
  readonly artifact: ArtifactInfo;
  readonly isOpenAtFirst: boolean;
}): ReactElement {
  const { t } = useText();
  const playground = usePlayground();
  const name = visibleName(artifact.path);
  const isShowable = kindOfArtifact(artifact) !== 'other';
  const [isOpen, setIsOpen] = useState(isOpenAtFirst && isShowable);
  const download = async (): Promise<void> => {
    const bytes = await playground.artifact(runId, artifact.path);
    if (bytes) saveAs(artifact.path, new Blob([bytes], { type: 'application/octet-stream' }));
  };
  return (
    <article className="artifact" aria-label={name}>
      <div className="artifact-head">
        <Icon name="file" />
        <h3>{name}</h3>
        <span className="faint">{formatBytes(artifact.byteCount)}</span>
        {isShowable && (
          <button
            type="button"
            className="button button-quiet"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {t(isOpen ? 'close' : 'show')}
          </button>
        )}
        <button
          type="button"
          className="button-icon"
          aria-label={t('download', { file: name })}
          title={t('download', { file: name })}
          onClick={() => void download()}
        >
          <Icon name="download" />
        </button>
      </div>
      {isOpen && <ArtifactView runId={runId} artifact={artifact} />}
    </article>
  );
}
