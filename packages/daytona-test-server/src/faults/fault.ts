import type { Operation } from '../operation.ts';

/** Something that goes wrong with an operation, once or several times. */
export interface Fault {
  /** `*`: any. */
  readonly operation: Operation | '*';
  /** How many calls are spared first; default 0. */
  readonly skip?: number;
  /** How many calls it strikes; default 1, Infinity: every one. */
  readonly times?: number;
  /**
   * False, the default: the operation is not carried out. True: it is, and only its answer is spoilt. An answer that
   * is late is always that of an operation that was carried out.
   */
  readonly isCarriedOut?: boolean;
  readonly answer: FaultAnswer;
}

export type FaultAnswer =
  /** With the service's own error for the status where it has no body. */
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** 200, a page to log in. */
  | 'html'
  /** 200, said to be JSON, and not JSON. */
  | 'garbage'
  /** 200, JSON of another shape. */
  | 'wrong shape'
  /** 200, JSON null. */
  | 'null'
  /** Headers and half of a body, then the connection is destroyed. */
  | 'cut'
  /** The connection is destroyed before any answer. */
  | 'closed'
  /** Never anything; the connection stays open until the client closes it, or the server ends. */
  | 'silence'
  /** The right answer, late. */
  | { readonly delayMs: number }
  /** 200, then bytes for ever, slowly, until the client closes. */
  | 'endless body';

export interface InjectedFault {
  /** How many times it has struck. */
  readonly count: number;
  remove(): void;
}
