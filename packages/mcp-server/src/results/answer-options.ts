import type { Locale } from '@cloche/core/executor';

export interface AnswerOptions {
  /** Of the text for people; codes and names never change. */
  readonly locale: Locale;
  /** Clients of revisions before 2025-06-18 refuse results with links in them. */
  readonly mayLink: boolean;
}
