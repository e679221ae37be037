import { lazy, type ReactElement, Suspense, useEffect, useState } from 'react';
import type { ArtifactInfo } from '../../api/run-event.ts';
import { usePlayground } from '../parts/app-context.ts';
import { useText } from '../text/use-text.ts';
import { visibleName, visibleText } from '../text/visible-text.ts';
import { extensionOf, imageType, kindOfArtifact } from './artifact-kind.ts';

const TableView = lazy(async () => ({ default: (await import('./table-view.tsx')).TableView }));
const JsonView = lazy(async () => ({ default: (await import('./json-view.tsx')).JsonView }));

const SHOWN_IMAGE_BYTES = 32 * 1024 * 1024;
const SHOWN_TEXT_BYTES = 4 * 1024 * 1024;

/** Pictures as pictures, in which no script runs; everything else as text. */
export function ArtifactView({
  runId,
  artifact,
}: {
  readonly runId: string;
  readonly artifact: ArtifactInfo;
}): ReactElement | null {
  const { t } = useText();
  const playground = usePlayground();
  const kind = kindOfArtifact(artifact);
  const isPicture = kind === 'image' || kind === 'svg';
  const isTooLarge = artifact.byteCount > (isPicture ? SHOWN_IMAGE_BYTES : SHOWN_TEXT_BYTES);
  const [bytes, setBytes] = useState<ArrayBuffer | null>(null);
  useEffect(() => {
    if (isTooLarge || kind === 'other') return;
    let isCurrent = true;
    void playground.artifact(runId, artifact.path).then((answer) => {
      if (isCurrent) setBytes(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [playground, runId, artifact.path, isTooLarge, kind]);
  if (isTooLarge) return <p className="hint">{t('tooLargeToShow')}</p>;
  if (kind === 'other') return <p className="hint">{t('noPreview')}</p>;
  if (!bytes) return null;
  if (isPicture) return <Picture bytes={bytes} path={artifact.path} />;
  const text = new TextDecoder().decode(bytes);
  return (
    <Suspense fallback={null}>
      {kind === 'table' && (
        <TableView text={text} separator={extensionOf(artifact.path) === 'tsv' ? '\t' : null} />
      )}
      {kind === 'json' && <JsonView text={text} />}
      {kind === 'markup' && <p className="hint">{t('inertNote')}</p>}
      {(kind === 'text' || kind === 'markup') && (
        <pre className="artifact-text" tabIndex={0}>
          {visibleText(text)}
        </pre>
      )}
    </Suspense>
  );
}

function Picture({
  bytes,
  path,
}: {
  readonly bytes: ArrayBuffer;
  readonly path: string;
}): ReactElement | null {
  const { t } = useText();
  const [address, setAddress] = useState<string | null>(null);
  const [isBroken, setIsBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: imageType(path) ?? '' }));
    setAddress(made);
    setIsBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [bytes, path]);
  if (address === null) return null;
  if (isBroken) return <p className="hint">{t('brokenPicture')}</p>;
  return (
    <figure className="picture">
      <img src={address} alt={visibleName(path)} onError={() => setIsBroken(true)} />
      {extensionOf(path) === 'svg' && <figcaption className="hint">{t('inertPicture')}</figcaption>}
    </figure>
  );
}
