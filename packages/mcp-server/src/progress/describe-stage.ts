import type { Stage, StageEvent } from '@cloche/core/executor';
import { clipText } from '../results/clip-text.ts';

const MESSAGE_CHARACTERS = 200;
const DOING: Readonly<Record<Stage, string>> = {
  queue: 'waiting for a place',
  pull: 'pulling an image',
  create: 'making the sandbox',
  install: 'installing',
  compile: 'compiling',
  run: 'running',
};

/** Empty for the end of a stage: what begins then is what matters. */
export function describeStage({ stage, state, detail, progress }: StageEvent): string {
  if (state === 'finished') return '';
  const done =
    progress === undefined || progress.total === null || progress.total === 0
      ? ''
      : ` ${Math.floor((100 * progress.done) / progress.total)} %`;
  return clipText(`${DOING[stage]}${done}${detail === undefined ? '' : `: ${detail}`}`, MESSAGE_CHARACTERS);
}
