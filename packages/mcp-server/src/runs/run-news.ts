import type { OutputEvent, StageEvent } from '@cloche/core/executor';

/** A line about what goes on, for people. */
export interface NoteEvent {
  readonly type: 'note';
  readonly text: string;
}

/** What a run says while it goes on. */
export type RunNews = StageEvent | OutputEvent | NoteEvent;
