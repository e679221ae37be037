import type { Operation } from '../operation.ts';
import type { Fault, InjectedFault } from './fault.ts';

interface Entry {
  readonly fault: Fault;
  skipsLeft: number;
  count: number;
}

/** The faults that are waiting for their operations. */
export class FaultBook {
  #entries: Entry[] = [];

  inject(fault: Fault): InjectedFault {
    const entry: Entry = { fault, skipsLeft: fault.skip ?? 0, count: 0 };
    this.#entries.push(entry);
    return {
      get count() {
        return entry.count;
      },
      remove: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  /** The fault that this call meets: the oldest that waits for the operation. Null where none does. */
  strike(operation: Operation): Fault | null {
    const entry = this.#entries.find((candidate) => meets(candidate, operation));
    if (!entry) return null;
    if (entry.skipsLeft > 0) {
      entry.skipsLeft -= 1;
      return null;
    }
    entry.count += 1;
    return entry.fault;
  }
}

function meets({ fault, count }: Entry, operation: Operation): boolean {
  const isMeant = fault.operation === '*' || fault.operation === operation;
  return isMeant && count < (fault.times ?? 1);
}
