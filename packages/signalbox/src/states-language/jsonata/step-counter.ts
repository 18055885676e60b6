import type jsonata from 'jsonata';
import { nextTurn } from '../../core/next-turn.ts';

declare module 'jsonata' {
  interface Expression {
    /** The library takes a symbol too, which its types leave out. */
    assign(
      name: symbol,
      value: (node: unknown, input: unknown, environment: unknown, result: unknown) => unknown,
    ): void;
  }
}

/**
 * The name that JSONata's guide asks to bind for a call before each node's evaluation:
 * https://docs.jsonata.org/embedding-extending
 */
const BEFORE_EACH_NODE = 'jsonata.__evaluate_entry';

/** Not documented by AWS. More than length and depth allow a useful expression; an endless tail call ends here. */
const MAX_STEPS = 4_000_000;
/** About 10 ms: after as many steps, other work of the process gets its turn. */
const STEPS_PER_SLICE = 16_384;

/**
 * Counts the nodes that an expression evaluates. A limit in steps gives the same result on a busy
 * machine as on a fast one, which a limit in time does not.
 */
export class StepCounter {
  private steps = 0;
  private nextPause = STEPS_PER_SLICE;
  private readonly limitExceeded: () => Error;

  constructor(limitExceeded: () => Error) {
    this.limitExceeded = limitExceeded;
  }

  reset(): void {
    this.steps = 0;
    this.nextPause = STEPS_PER_SLICE;
  }

  /** @throws What `limitExceeded` makes, out of the expression's evaluation, after 4 million steps. */
  watch(expression: jsonata.Expression): void {
    expression.assign(Symbol.for(BEFORE_EACH_NODE), () => this.next());
  }

  /** Counts work that is as long as so many steps. @throws What `limitExceeded` makes. */
  charge(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_STEPS) throw this.limitExceeded();
  }

  /** @returns A promise where other work is due, which the evaluation waits for. */
  next(): Promise<void> | undefined {
    this.charge(1);
    if (this.steps < this.nextPause) return undefined;
    this.nextPause = this.steps + STEPS_PER_SLICE;
    return nextTurn();
  }
}
