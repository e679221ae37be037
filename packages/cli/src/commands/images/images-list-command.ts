import type { LocalizedText } from '@cloche/core/executor';
import type { ListedImage } from '@cloche/executor-docker';
import { formatBytes } from '../../output/format-quantity.ts';
import { formatTable } from '../../output/format-table.ts';
import { outputWidth, print, printJson } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { interruptible } from '../interruptible.ts';
import { withDockerImages } from './with-docker-images.ts';

const MISSING: LocalizedText = { en: 'not here', zh: '本机没有' };
const HEADINGS: readonly LocalizedText[] = [
  { en: 'IMAGE', zh: '镜像' },
  { en: 'SIZE', zh: '大小' },
  { en: 'LANGUAGES', zh: '语言' },
];

/** `cloche images list`: the image of each language, and whether the engine has it. */
export const imagesListCommand: CommandFunction = (_words, options, context) =>
  interruptible(context, async (signal) => {
    const images = await withDockerImages(context, (keeper) => keeper.list({ signal }));
    if (options.isSet('json')) {
      printJson(images);
      return 0;
    }
    const rows = images.map(({ reference, languages, sizeBytes }: ListedImage) => [
      printable(reference),
      sizeBytes === null ? MISSING[context.locale] : formatBytes(sizeBytes),
      languages.join(' '),
    ]);
    print(formatTable([HEADINGS.map((heading) => heading[context.locale]), ...rows], outputWidth()));
    if (images.some(({ isPresent }) => !isPresent)) {
      context.messages.hint({
        en: 'Pull what is missing: cloche images pull. Or build one image for all: cloche images build',
        zh: '拉取缺少的镜像：cloche images pull。或构建一个通用镜像：cloche images build',
      });
    }
    return 0;
  });
