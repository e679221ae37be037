import type { LocalizedText } from '@cloche/core/executor';
import type { ImagePullProgress } from '@cloche/executor-docker';
import { formatBytes } from '../../output/format-quantity.ts';
import { printable } from '../../output/printable.ts';

/** How far the pull of an image is, in one line. */
export function describePull({
  reference,
  layersDone,
  layersTotal,
  bytesDone,
  bytesTotal,
}: ImagePullProgress): LocalizedText {
  const name = printable(reference);
  const done = formatBytes(bytesDone);
  const total = bytesTotal === null ? null : formatBytes(bytesTotal);
  return {
    en: `Pulling ${name}: ${layersDone} of ${layersTotal} layers, ${done}${total === null ? '' : ` of ${total}`}`,
    zh: `正在拉取 ${name}：已完成 ${layersDone}/${layersTotal} 层，${done}${total === null ? '' : ` / ${total}`}`,
  };
}
