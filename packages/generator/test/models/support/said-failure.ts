import type { GeneratorProvider } from '@cloche/core';

/** How somebody describes a failure, and what is made of it. */
export interface SaidFailure {
  readonly service: string;
  readonly status: number;
  readonly body: unknown;
  /** In the message. */
  readonly comesTo: string;
  readonly provider?: GeneratorProvider;
}

export const BAD_KEY = 'refuses the key from';
export const NO_MODEL = 'has no model test-model';
export const NO_CREDIT = 'is used up';
export const RATE = 'takes no more requests for now';
export const TOO_LONG = 'longer than test-model can read';
export const REJECTED = 'refuses the request';
