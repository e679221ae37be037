import type { Config, Runner } from '@cloche/core';
import type { Locale, Logger } from '@cloche/core/executor';
import type { Generations } from '../generation/generations.ts';
import type { RunRegistry } from '../runs/run-registry.ts';
import type { SessionRegistry } from '../sessions/session-registry.ts';

/** What the tools work with, one for a process. */
export interface ServiceContext {
  readonly runner: Runner;
  readonly config: Config;
  readonly logger: Logger;
  readonly locale: Locale;
  readonly runs: RunRegistry;
  readonly sessions: SessionRegistry;
  readonly generations: Generations;
  readonly waits: WaitLimits;
}

export interface WaitLimits {
  /** After which a call answers `running`, and the program goes on: many clients give up at a minute. */
  readonly answerWithinMs: number;
}

export const WAIT_LIMITS: WaitLimits = { answerWithinMs: 45_000 };
