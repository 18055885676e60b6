import type { PlannedInjectedFault, PlannedTime } from '../failovers/run-plan.ts';

/** An order that is placed. */
export interface PlannedOrder {
  readonly orderId: string;
  readonly lines: readonly PlannedLine[];
  /** A test card of the payment sandbox. */
  readonly cardToken: string;
  readonly country: string;
  readonly method: 'standard' | 'freight';
  readonly at: PlannedTime;
  /** When the same event comes once more. */
  readonly again: readonly PlannedTime[];
  /** When an order of the same id comes with other content. */
  readonly conflict?: PlannedTime;
  /** How often its approver answers, and what: twice is a second answer, which comes too late. */
  readonly approval: PersonsAnswer;
  /** The same of its carrier; only freight waits for one. */
  readonly carrier: PersonsAnswer;
}

/** A stock item and its quantity. */
export interface PlannedLine {
  readonly sku: string;
  readonly quantity: number;
  /** Minor units. */
  readonly unitPrice: number;
}

/** The answer of somebody who is asked. */
export type PersonsAnswer = 'yes' | 'no' | 'twice' | 'nobody';

/** All that happens in one run of the test: made of a seed alone, and fit to be printed. */
export interface OrderPlan {
  readonly seed: number;
  /** Pieces in stock, by SKU. */
  readonly stock: Readonly<Record<string, number>>;
  readonly orders: readonly PlannedOrder[];
  /** When executions are stopped that run at that time, of orders and of reconciliations. */
  readonly stops: readonly PlannedTime[];
  readonly injectedFaults: readonly PlannedInjectedFault[];
  /** Whether the events of executions' ends are lost, all of them. */
  readonly losesStatusEvents: boolean;
}
