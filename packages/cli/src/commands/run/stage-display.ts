import type { LocalizedText, Stage, StageEvent } from '@cloche/core/executor';
import { formatBytes } from '../../output/format-quantity.ts';
import type { MessageWriter } from '../../output/message-writer.ts';
import { printable } from '../../output/printable.ts';
import { ProgressLine } from '../../output/progress-line.ts';
import { standardError } from '../../output/standard-streams.ts';

/** Stages that may last longer than a person waits without a word. */
const TOLD: Readonly<Partial<Record<Stage, LocalizedText>>> = {
  pull: { en: 'Pulling', zh: '正在拉取' },
  create: { en: 'Creating', zh: '正在创建' },
  install: { en: 'Preparing', zh: '正在准备' },
};

/** Seconds at most, and in every run: for whoever sits at a terminal, not for a log. */
const BRIEF: ReadonlySet<Stage> = new Set(['create']);

/** Tells on stderr, from the beginning, that a run waits for an image or the like, and how far that is. */
export class StageDisplay {
  readonly #line: ProgressLine;

  constructor(messages: MessageWriter) {
    this.#line = new ProgressLine(messages);
  }

  onStage({ stage, state, detail, progress }: StageEvent): void {
    const verb = TOLD[stage];
    if (verb === undefined || (BRIEF.has(stage) && !standardError().isTTY)) return;
    if (state === 'finished') return this.#line.clear();
    const what = detail === undefined ? '' : ` ${printable(detail)}`;
    const size =
      progress === undefined || progress.unit !== 'bytes'
        ? ''
        : `, ${formatBytes(progress.done)}${progress.total === null ? '' : ` / ${formatBytes(progress.total)}`}`;
    // The beginning and what follows it are told apart, so that the first progress does not wait.
    this.#line.show(`${stage} ${state}`, { en: `${verb.en}${what}${size}`, zh: `${verb.zh}${what}${size}` });
  }

  clear(): void {
    this.#line.clear();
  }
}
