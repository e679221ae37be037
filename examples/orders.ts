// An order's life as a state machine. Enum, namespace and parameter properties are TypeScript that is
// more than types; Cloche makes JavaScript of them before the program runs.

enum State {
  Draft = 'draft',
  Paid = 'paid',
  Shipped = 'shipped',
  Cancelled = 'cancelled',
}

namespace Money {
  export const format = (cents: number): string => `${(cents / 100).toFixed(2)} EUR`;

  export function sum(amounts: Iterable<number>): number {
    let total = 0;
    for (const amount of amounts) total += amount;
    return total;
  }
}

interface Line {
  readonly article: string;
  readonly cents: number;
  readonly count: number;
}

const NEXT: Readonly<Record<State, readonly State[]>> = {
  [State.Draft]: [State.Paid, State.Cancelled],
  [State.Paid]: [State.Shipped, State.Cancelled],
  [State.Shipped]: [],
  [State.Cancelled]: [],
};

class Order {
  state: State = State.Draft;

  constructor(
    readonly number: number,
    private readonly lines: readonly Line[],
  ) {}

  get cents(): number {
    return Money.sum(this.lines.map((line) => line.cents * line.count));
  }

  moveTo(next: State): void {
    if (!NEXT[this.state].includes(next)) throw new Error(`order ${this.number} cannot go from ${this.state} to ${next}`);
    console.log(`order ${this.number}: ${this.state} -> ${next}`);
    this.state = next;
  }
}

const order = new Order(17, [
  { article: 'bell jar', cents: 2450, count: 2 },
  { article: 'felt base', cents: 399, count: 2 },
]);
console.log(`order ${order.number}: ${Money.format(order.cents)}`);
order.moveTo(State.Paid);
order.moveTo(State.Shipped);
try {
  order.moveTo(State.Cancelled);
} catch (error) {
  console.log(`refused: ${error instanceof Error ? error.message : String(error)}`);
}
