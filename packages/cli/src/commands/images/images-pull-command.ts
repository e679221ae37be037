import type { PulledImage } from '@cloche/executor-docker';
import { formatBytes } from '../../output/format-quantity.ts';
import { print } from '../../output/print-output.ts';
import { printable } from '../../output/printable.ts';
import { ProgressLine } from '../../output/progress-line.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { languageOfName } from '../run/resolve-language.ts';
import { interruptible } from '../interruptible.ts';
import { describePull } from './describe-pull.ts';
import { withDockerImages } from './with-docker-images.ts';

/** `cloche images pull`: how far it is goes to stderr, what is there at the end to stdout. */
export const imagesPullCommand: CommandFunction = (words, options, context) => {
  const languages = words.map((word) => languageOfName(word, ''));
  return interruptible(context, async (signal) => {
    const line = new ProgressLine(context.messages);
    try {
      const pulled = await withDockerImages(context, (images) =>
        images.pull(languages, {
          signal,
          again: options.isSet('again'),
          onProgress: (progress) => {
            line.show(progress.reference, describePull(progress));
          },
        }),
      );
      line.clear();
      for (const image of pulled) print(describe(image, context));
      return 0;
    } finally {
      line.clear();
    }
  });
};

function describe({ reference, sizeBytes, wasPulled }: PulledImage, { locale }: CommandContext): string {
  const name = printable(reference);
  const size = sizeBytes === null ? '' : ` (${formatBytes(sizeBytes)})`;
  return wasPulled
    ? { en: `Pulled ${name}${size}`, zh: `已拉取 ${name}${size}` }[locale]
    : { en: `Here already: ${name}${size}`, zh: `本机已有 ${name}${size}` }[locale];
}
