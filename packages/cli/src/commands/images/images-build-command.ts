import { userConfigFile } from '@cloche/core';
import type { BuiltImage } from '@cloche/executor-docker';
import { formatBytes } from '../../output/format-quantity.ts';
import { print } from '../../output/print-output.ts';
import { ProgressLine } from '../../output/progress-line.ts';
import { printableLine } from '../../output/printable-line.ts';
import { printable } from '../../output/printable.ts';
import { standardError } from '../../output/standard-streams.ts';
import type { CommandContext } from '../../program/command-context.ts';
import type { CommandFunction } from '../../program/command-definition.ts';
import { interruptible } from '../interruptible.ts';
import { describePull } from './describe-pull.ts';
import { withDockerImages } from './with-docker-images.ts';

const STEP_CHARACTERS = 100;
/** What the engine says of its own containers and layers. */
const BOOKKEEPING = /^(?: ---> |-->|Removing intermediate container )/u;

/** `cloche images build`: what the build prints goes to stderr, how to use the image to stdout. */
export const imagesBuildCommand: CommandFunction = (_words, options, context) =>
  interruptible(context, async (signal) => {
    const display = new ProgressLine(context.messages);
    const base = options.text('base');
    const tag = options.text('tag');
    try {
      const built = await withDockerImages(context, (images) =>
        images.build({
          ...(base === null ? {} : { base }),
          ...(tag === null ? {} : { tag }),
          signal,
          onLine: (line) => {
            display.clear();
            if (!BOOKKEEPING.test(line)) standardError().write(`${shownLine(line)}\n`);
          },
          onProgress: (progress) => {
            display.show(progress.reference, describePull(progress));
          },
        }),
      );
      display.clear();
      print(howToUse(built, context));
      return 0;
    } finally {
      display.clear();
    }
  });

/** The engine repeats each step whole, a page of shell; what a step prints is shown as it is. */
function shownLine(line: string): string {
  const text = printableLine(line);
  const isStep = /^step \d+\//iu.test(text);
  return isStep && text.length > STEP_CHARACTERS ? `${text.slice(0, STEP_CHARACTERS)}…` : text;
}

function howToUse({ reference, sizeBytes }: BuiltImage, context: CommandContext): string {
  const name = printable(reference);
  const size = sizeBytes === null ? '' : ` (${formatBytes(sizeBytes)})`;
  const file = userConfigFile(context);
  const place = file === null ? 'config.toml' : printable(file);
  return {
    en: [
      `Built ${name}${size}, for every language. To use it here:`,
      `  export CLOCHE_DOCKER_IMAGE=${name}`,
      `To use it always, in ${place}:`,
      '  [docker]',
      `  image = "${name}"`,
    ],
    zh: [
      `已构建 ${name}${size}，适用于所有语言。在此使用：`,
      `  export CLOCHE_DOCKER_IMAGE=${name}`,
      `始终使用，请写入 ${place}：`,
      '  [docker]',
      `  image = "${name}"`,
    ],
  }[context.locale].join('\n');
}
